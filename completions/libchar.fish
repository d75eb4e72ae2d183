# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_libchar_global_optspecs
    string join \n C/directory= format= env= history= metrics= depfile= log-format= q/quiet v/verbose safe-cells exit-zero wait h/help V/version
end

function __fish_libchar_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_libchar_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_libchar_using_subcommand
    set -l cmd (__fish_libchar_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c libchar -n "__fish_libchar_needs_command" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_needs_command" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_needs_command" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_needs_command" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_needs_command" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_needs_command" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_needs_command" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_needs_command" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_needs_command" -s V -l version -d 'Print version'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "init" -d 'Create an example domain, ready to run, in a new or empty folder'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "adopt" -d 'Take over the results of simulations that were run without libchar'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "gen" -d 'Generate a deck for every PVT point'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "run" -d 'Simulate the points that are missing, failed or changed'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "ext" -d 'Extract the measures of every point, or of measure files and logs'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "srt" -d 'Sort the results into a report with extremes, limits and margins'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "bkp" -d 'Back up the domain: make, list, verify, restore and prune backup sets'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "usr" -d 'Run the site\'s own program on the results'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "flow" -d 'Run a chain of stages: gen, run, ext, srt, bkp, and usr if a script is configured'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "tune" -d 'Find the cheapest simulator options that keep every measure within a tolerance'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "lib" -d 'Characterize standard cells: from netlists to Liberty'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "check" -d 'Check that tools, tables, template, models, disk and memory are ready for a run'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "report" -d 'Print a report that `srt` wrote, or convert it to another format'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "diff" -d 'Compare two runs, domains, backup sets, results, libraries, profiles, measurements or documents'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "watch" -d 'Watch runs from another terminal'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "spc" -d 'Watch a process: control charts, rules, capability, drift, tool health'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "diffuse" -d 'Simulate diffusion, implantation and oxidation by a recipe: junctions, doses, sheet resistance'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "litho-predict" -d 'Simulate and predict lithography: image, process window, trade-offs of a job'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "metro" -d 'Turn raw measurements into results with their uncertainty'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "vm" -d 'Virtual metrology: predict a measurement from process data, and compare the skill with baselines'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "r2r" -d 'Run-to-run control: design and simulate a controller, compute the next recipe or a trim'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "history" -d 'List past runs with their parameters, results and alerts; label them; verify that the record is unchanged'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "alerts" -d 'List, acknowledge and resolve the alerts of all commands'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "models" -d 'List models, put one into production, or roll it back'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "config" -d 'Print every configuration value and where it came from'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "man" -d 'Print the manual page of libchar, or write the pages of all commands into a folder'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "completions" -d 'Print the completion script for a shell'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "supervise" -d 'Simulate tickets from standard input; started by `libchar run` and `libchar tune`'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand init" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand init" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand init" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand init" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand init" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand init" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand init" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand init" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l pattern -d 'Pattern of the paths below DIR, with {corner}, {extraction}, {temp}, {supply}, {vccn}, {vcctx}' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l map -d 'CSV that gives corner, temperature and supply of each file or folder, in place of --pattern' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l extraction -d 'Extraction of results whose path or map gives none' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l simulator -d 'Simulator that produced the results' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l at -d 'Time of the simulations for the history: a date, or a time with its UTC offset [default: now]' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s n -l dry-run -d 'List the points without writing anything'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l prune -d 'Remove the folders of points that are no longer in the matrix'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l require-effect -d 'Exit 1 if different corners, temperatures, supplies or swept values give equal decks'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l conditions -d 'Only print the condition table in use, as a start for your own configuration/table_condition.csv'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s j -l jobs -d 'Number of cores to use; this many simulations at the same time if each takes one thread [default: run.jobs, else the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l timeout -d 'Stop a simulation after this time, such as 30m [default: run.timeout]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l point -d 'Only this point, by id or by a pattern with `*`; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l corner -d 'Only this corner; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l sample -d 'Simulate only this many of the points, spread evenly' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l priority -d 'Simulate these points first: an id or a pattern with `*`; may be repeated, in the order of priority' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l retries -d 'Number of retries after a failure that may be temporary: licence, lost machine, time-out, file system [default: run.retries]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l preset -d 'Override options of the decks by this preset of presets.toml [default: run.preset]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l executor -d 'Where to simulate: local, slurm, sge, lsf, netbatch, htcondor, or NAME of [executors.NAME] [default: run.executor]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l max-running -d 'Greatest number of cluster jobs that run at the same time [default: cluster.max_running]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l max-submit -d 'Greatest number of cluster jobs that are submitted at the same time [default: cluster.max_submit]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l licenses -d 'Number of licences: at most this many simulations at the same time' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand run" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand run" -l failed -d 'Only the points whose last simulation failed'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l again -d 'Simulate points again that are already done'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l require-effect -d 'Exit 1 if all results are equal along corners, temperatures, supplies or a swept axis'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l dry-run -d 'Print the points that would be simulated, and stop'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l no-batch -d 'Simulate each point in its own simulator process'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l no-trim -d 'Give the simulator the whole model libraries, without trimming'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l no-reuse -d 'Simulate every point, also points whose decks differ only in the point\'s name'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l attach -d 'Wait for the jobs that are already submitted to a cluster, and submit no new ones'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l cancel -d 'Cancel all jobs that are submitted to a cluster'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l kill-orphans -d 'End simulations that an interrupted run left running, instead of waiting for them'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l print -d 'Also take this `print` output of the files as a measure, such as `v(y)`; for a domain set `measures.print`' -r
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l typ -d 'Typical point [default: report.typ]' -r
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l pictures -d 'Draw samples (histogram, normal quantiles, scatter) and swept axes (lines, contours) as SVG files into this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l require-effect -d 'Exit 1 if all results are equal along corners, temperatures, supplies or a swept axis'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l include -d 'Also back up files that match this pattern, such as `pdk/*.lib`, and would be left out; may be repeated [default: bkp.include]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l exclude -d 'Leave out files that match this pattern; may be repeated [default: bkp.exclude]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l store -d 'Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l password-file -d 'File with the store\'s password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l password-command -d 'Command that prints the store\'s password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l waveforms -d 'Back up waveforms and raw data too'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "list" -d 'List the sets, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "verify" -d 'Compare sets with their manifests and name each difference; exit 1 if there is one'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "restore" -d 'Copy the files of a set into a new folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "prune" -d 'Remove all sets that are older than the newest N that verify; exit 1 if a newer set does not verify'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "drill" -d 'Restore a set to a temporary folder, verify it, and print how long that took'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "copy" -d 'Copy all sets of a store into another store with the same password, which is created if it does not exist'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l store -d 'Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l password-file -d 'File with the store\'s password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l password-command -d 'Command that prints the store\'s password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l store -d 'Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l password-file -d 'File with the store\'s password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l password-command -d 'Command that prints the store\'s password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l all -d 'Verify every set of the domain'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l to -d 'Folder to restore into; it must not exist yet' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l store -d 'Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l password-file -d 'File with the store\'s password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l password-command -d 'Command that prints the store\'s password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep -d 'Number of newest sets to keep, at least 1 [default: bkp.keep]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep-last -d 'In a store: keep this many of the newest sets' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep-daily -d 'In a store: keep the newest set of each day, for this many days' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep-weekly -d 'In a store: keep the newest set of each week, for this many weeks' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l store -d 'Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l password-file -d 'File with the store\'s password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l password-command -d 'Command that prints the store\'s password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l dry-run -d 'Print the sets that would be removed, and stop'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l in -d 'Create the temporary folder inside this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l store -d 'Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l password-file -d 'File with the store\'s password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l password-command -d 'Command that prints the store\'s password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l store -d 'Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l password-file -d 'File with the store\'s password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l password-command -d 'Command that prints the store\'s password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l to -d 'Store to copy to' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the sets, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Compare sets with their manifests and name each difference; exit 1 if there is one'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Copy the files of a set into a new folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Remove all sets that are older than the newest N that verify; exit 1 if a newer set does not verify'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "drill" -d 'Restore a set to a temporary folder, verify it, and print how long that took'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "copy" -d 'Copy all sets of a store into another store with the same password, which is created if it does not exist'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s j -l jobs -d 'Number of simulations at the same time [default: run.jobs, else the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l corner -d 'Run only this corner; may be repeated. The report of these points is printed and replaces no report file' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l preset -d 'Simulate with this preset of presets.toml [default: run.preset]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l executor -d 'Where to simulate: local, slurm, sge, lsf, netbatch, htcondor, or NAME of [executors.NAME] [default: run.executor]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l timeout -d 'Stop a simulation after this time, such as 30m [default: run.timeout]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l strict -d 'Stop at the first stage with findings'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l tolerance -d 'Largest error allowed for any measure, relative to the converged value' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l absolute -d 'Largest error allowed for a measure where it is about zero, in its unit; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l sample -d 'Number of points, spread evenly, at which options are compared' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l verify -d 'Number of other points at which the choice is verified [default: as many as the sample]' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l point -d 'Only this point, by id or by a pattern with `*`; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l corner -d 'Only this corner; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l name -d 'Write the choice to presets.toml under this name' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s j -l jobs -d 'Number of cores to use; this many simulations at the same time if each takes one thread [default: run.jobs, else the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l timeout -d 'Stop a simulation after this time, such as 30m [default: run.timeout]' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s n -l dry-run -d 'Print the points that would be simulated, and stop'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l cell -d 'Only these cells: a name, or a pattern with `*`; may be repeated. The Liberty file then ends in .part.lib' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l like -d 'Take indexes, attributes, pins and names from this Liberty file, and compare its functions [default: `like` in CELLS.TOML]' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s j -l jobs -d 'Number of simulations at the same time [default: the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s o -l output -d 'Folder of the Liberty files [default: that of CELLS.TOML]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l holes -d 'Write files although values are missing: each is extrapolated, so that it is not too small, and marked by a comment'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -a "plan" -d 'Print the cells, arcs, tables, simulations and their CPU time, without simulating'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -a "check" -d 'Check Liberty files: syntax, units, tables, arcs, functions; exit 1 on a finding'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l cell -d 'Only these cells: a name, or a pattern with `*`; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l like -d 'Take indexes, attributes, pins and names from this Liberty file, and compare its functions [default: `like` in CELLS.TOML]' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l rule -d 'Check only this rule; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from help" -f -a "plan" -d 'Print the cells, arcs, tables, simulations and their CPU time, without simulating'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check Liberty files: syntax, units, tables, arcs, functions; exit 1 on a finding'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand check" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand check" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand check" -l json -d 'Print one JSON document, like --format json'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l raise -d 'Raise alerts in the history for an overdue backup and for each exceeded threshold of `alerts`'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l measure -d 'Only this measure; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l html -d 'Write one self-contained HTML page' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l junit -d 'Write the limits as test cases in JUnit XML' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l against -d 'Compare with this domain, backup set, creport.json or Liberty file' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l links -d 'Links from the page to decks and logs' -r -f -a "relative\t'Relative to the page\'s folder'
none\t'No links'"
complete -c libchar -n "__fish_libchar_using_subcommand report" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand report" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand report" -l markdown -d 'Print a summary in Markdown, for a merge request'
complete -c libchar -n "__fish_libchar_using_subcommand report" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand report" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l abs -d 'Absolute tolerance: take values within this distance as equal; in SI units or with a prefix, such as 1ps' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l rel -d 'Relative tolerance: take values within this part of the old value as equal, such as 2% or 0.02' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l tolerance -d 'Tolerance of one measure in place of --abs and --rel, such as tphl=1ps, \'i*=2%\' or t=1ps,2%; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l measure -d 'Compare only these measures; * and ? are wildcards; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l waive -d 'File of accepted differences, each with its reason and last day' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l worst -d 'Show only this many of the worst differences, and count the others' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l svg -d 'Draw both profiles and their ratio' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l species -d 'Dopant of a column that names none, such as conc_cm3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l level -d 'Also compare the greatest depth at which this concentration is reached, cm-3; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l floor -d 'Compute no ratio below this concentration, cm-3 [default: 1e-4 of the lower peak]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l each -d 'Show every entry of a table that differs, instead of the worst one'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l interval -d 'Seconds between two updates' -r
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l once -d 'Print the state once and exit'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l until-done -d 'Exit when nothing runs any more'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "chart" -d 'Chart a measured column, and flag points and patterns that do not look like chance'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "limits" -d 'Compute limits from a stable period and freeze them as a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "watch" -d 'Judge each row of a stream against a baseline, as soon as it arrives'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "capability" -d 'Compare the spread of a process with its specification'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "gage" -d 'Study a measurement system: repeatability and reproducibility, bias, linearity, stability'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "components" -d 'Split the variance of nested data: lot, wafer in lot, site in wafer'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "tolerance" -d 'Compute statistical tolerance intervals, which hold a share of the process with stated confidence'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "rules" -d 'List rules: what each looks for, and how often chance alone triggers it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "arl" -d 'Compute average run lengths (ARL), or find the design for a given ARL'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "oc" -d 'Print the operating characteristic of a chart of means'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "drift" -d 'Find any kind of change in a series: level, spread, correlation, cycles, outliers'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "bench-drift" -d 'Measure which changes the drift detector finds, how fast, and how often it gives a false alarm'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "features" -d 'Compute the 29 furnace features of every run from its trace'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "health" -d 'Score each run of a tool against its healthy runs, and name the features that differ'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "forecast" -d 'Forecast the failure of a tool: answer a maintenance request, or fit and judge the model for it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s c -l column -d 'Column to chart; several, or a list with commas, for charts of several variables and for subgroups in one row [default: the only numeric one]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l columns -d 'Columns whose names match, such as \'cd_*\': one chart for each, or the variables of t2, mewma and mcusum' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l by -d 'Columns whose values split the rows into groups with separate charts, such as tool,recipe' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l subgroup-size -d 'Number of successive rows that form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l subgroup -d 'Column in which successive equal values form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l time -d 'Column of times, which must not go backwards: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l label -d 'Columns to show with every alarm, such as lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l stage -d 'Column of stages: every new value restarts limits and rules' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l nominal -d 'Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l part -d 'Column of parts (z-mr, short-xbar-r, dnom-i-mr)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l run -d 'Column that names the runs of a part [default: a new one where the part changes]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l unit -d 'Unit of the time between events (t, with --time and no column)' -r -f -a "days\t''
hours\t''
minutes\t''
seconds\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l na -d 'What to do with cells that hold no finite number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l chart -d 'Kind of chart [default: i-mr]' -r -f -a "i-mr\t''
xbar-r\t''
xbar-s\t''
p\t''
np\t''
c\t''
u\t''
ewma\t''
cusum\t''
t2\t''
run\t''
laney-p\t''
laney-u\t''
g\t''
t\t''
three-way\t''
z-mr\t''
short-xbar-r\t''
z-p\t''
z-u\t''
mewma\t''
mcusum\t''
residual\t''
moving-centerline\t''
dnom-i-mr\t''
dnom-xbar-r\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l model -d 'Model of autocorrelated points, in place of --chart: ar1 means residual, ewma means moving-centerline' -r -f -a "ar1\t''
ewma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l sigma -d 'Estimator of sigma: mr, median-mr, range, sd, range-weighted, sd-weighted, pooled, overall; or a known sigma as a number' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l center -d 'Centre line or target, in place of the mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l width -d 'Distance of the limits from the centre line, in sigma of the plotted statistic' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l guarantee -d 'Widen the limits so that this share of Phase I samples, such as 90%, alarms at most at the nominal rate (i-mr, xbar-r, xbar-s)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l span -d 'Number of values in a moving range' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l lambda -d 'EWMA, MEWMA: weight of the newest value; moving-centerline: weight in place of the fitted one' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l limits -d 'EWMA, MEWMA: limits from the exact variance of each point, or asymptotic [default: exact, for MEWMA asymptotic]; g: probability or sigma limits [default: probability]' -r -f -a "exact\t''
asymptotic\t''
probability\t''
sigma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l k -d 'CUSUM, MCUSUM: reference value in sigma, half the shift to be detected' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l h -d 'CUSUM, MCUSUM: decision interval in sigma [default: 5, for MCUSUM 5.5]; MEWMA: limit of T2' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l target-arl -d 'MEWMA: in-control run length for which the limit is set [default: 370]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l head-start -d 'CUSUM: start both sums at this many sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l confidence -d 'T2: share of in-control points below the limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l covariance -d 'T2, MEWMA, MCUSUM: covariance of the sample, or of successive differences' -r -f -a "sample\t''
successive\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l mean -d 'MEWMA, MCUSUM: known mean vector, with --cov' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l cov -d 'MEWMA, MCUSUM: known covariance matrix, rows separated by semicolons' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l mcusum -d 'MCUSUM: sums of Crosier, or of Pignatiello and Runger (mc1)' -r -f -a "crosier\t''
mc1\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l sigma-z -d 'laney-p, laney-u: spread of the z scores by mr or sd, or a known spread as a number' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l min-sigma-z -d 'laney-p, laney-u: lower bound of the spread of the z scores' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l method -d 't: distribution of the times between events' -r -f -a "weibull\t''
exponential\t''
nelson\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l sigma-by -d 'z-mr: estimate sigma for each part, each run, all parts together, or in proportion to size' -r -f -a "part\t''
run\t''
all\t''
size\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l mr -d 'i-mr, dnom-i-mr: moving ranges across the parts of --part, or only within each part' -r -f -a "across\t''
within-part\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l within -d 'three-way: estimator of sigma within subgroups' -r -f -a "range\t''
sd\t''
pooled\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l between -d 'three-way: sigma between subgroups by moving range or analysis of variance' -r -f -a "mr\t''
anova\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l fit -d 'residual: fit by maximum likelihood (ml), conditional least squares (cls) or Yule-Walker (yw)' -r -f -a "ml\t''
cls\t''
yw\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l phi -d 'residual: known autocorrelation' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l z0 -d 'moving-centerline: value at which the forecasts begin' -r -f -a "first\t''
mean\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l like -d 'Constants and intervals: exact, or as R qcc 2.7 rounds them' -r -f -a "exact\t'Exact: defining integrals, published formulas'
qcc\t'As R qcc 2.7: d2 to three decimals, qcc\'s own d3 and interval of Cpm'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l rules -d 'Rules to apply: sets, members of sets, or custom patterns' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l events -d 'Report one event for successive signals, or one for each signal' -r -f -a "run\t''
point\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l knowledge -d 'Causes and actions: auto (by the column\'s name), furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l baseline -d 'Judge against frozen limits that `spc limits` wrote' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l phase1 -d 'Compute limits from the first N points and judge all' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l exclude -d 'Leave points out of the limits and raise no alarm there: 7, 7-9, or a condition such as \'lot == L12\'; needs --reason' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l reason -d 'Reason for --exclude; recorded in the baseline and the result' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l show -d 'What to print [default: all as json, violations as csv and jsonl, summary and violations as a table]' -r -f -a "summary\t'Centre, limits and signals of each panel'
points\t'Every plotted point with its centre line and limits'
violations\t'Rules that fired, with their points'
all\t'Everything (json only)'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s o -l output -d 'Folder for the document and the picture of each file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l spec -d 'Specification limits of many charts, a table of column, lsl, usl, target; adds Cpk to the result' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l min-cpk -d 'Exit 1 when a Cpk of --spec falls below this' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l svg -d 'Draw the chart' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l lsl -d 'Lower specification limit, only drawn in the picture' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l usl -d 'Upper specification limit, only drawn in the picture' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l annotations -d 'Events to mark in the picture, such as maintenance or recipe changes: a table of `at` (point, time or lot) and `text`' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l fir -d 'CUSUM: fast initial response, a head start of h/2'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s c -l column -d 'Column to chart; several, or a list with commas, for charts of several variables and for subgroups in one row [default: the only numeric one]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l columns -d 'Columns whose names match, such as \'cd_*\': one chart for each, or the variables of t2, mewma and mcusum' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l by -d 'Columns whose values split the rows into groups with separate charts, such as tool,recipe' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l subgroup-size -d 'Number of successive rows that form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l subgroup -d 'Column in which successive equal values form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l time -d 'Column of times, which must not go backwards: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l label -d 'Columns to show with every alarm, such as lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l stage -d 'Column of stages: every new value restarts limits and rules' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l nominal -d 'Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l part -d 'Column of parts (z-mr, short-xbar-r, dnom-i-mr)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l run -d 'Column that names the runs of a part [default: a new one where the part changes]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l unit -d 'Unit of the time between events (t, with --time and no column)' -r -f -a "days\t''
hours\t''
minutes\t''
seconds\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l na -d 'What to do with cells that hold no finite number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l chart -d 'Kind of chart [default: i-mr]' -r -f -a "i-mr\t''
xbar-r\t''
xbar-s\t''
p\t''
np\t''
c\t''
u\t''
ewma\t''
cusum\t''
t2\t''
run\t''
laney-p\t''
laney-u\t''
g\t''
t\t''
three-way\t''
z-mr\t''
short-xbar-r\t''
z-p\t''
z-u\t''
mewma\t''
mcusum\t''
residual\t''
moving-centerline\t''
dnom-i-mr\t''
dnom-xbar-r\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l model -d 'Model of autocorrelated points, in place of --chart: ar1 means residual, ewma means moving-centerline' -r -f -a "ar1\t''
ewma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l sigma -d 'Estimator of sigma: mr, median-mr, range, sd, range-weighted, sd-weighted, pooled, overall; or a known sigma as a number' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l center -d 'Centre line or target, in place of the mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l width -d 'Distance of the limits from the centre line, in sigma of the plotted statistic' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l guarantee -d 'Widen the limits so that this share of Phase I samples, such as 90%, alarms at most at the nominal rate (i-mr, xbar-r, xbar-s)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l span -d 'Number of values in a moving range' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l lambda -d 'EWMA, MEWMA: weight of the newest value; moving-centerline: weight in place of the fitted one' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l limits -d 'EWMA, MEWMA: limits from the exact variance of each point, or asymptotic [default: exact, for MEWMA asymptotic]; g: probability or sigma limits [default: probability]' -r -f -a "exact\t''
asymptotic\t''
probability\t''
sigma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l k -d 'CUSUM, MCUSUM: reference value in sigma, half the shift to be detected' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l h -d 'CUSUM, MCUSUM: decision interval in sigma [default: 5, for MCUSUM 5.5]; MEWMA: limit of T2' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l target-arl -d 'MEWMA: in-control run length for which the limit is set [default: 370]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l head-start -d 'CUSUM: start both sums at this many sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l confidence -d 'T2: share of in-control points below the limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l covariance -d 'T2, MEWMA, MCUSUM: covariance of the sample, or of successive differences' -r -f -a "sample\t''
successive\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l mean -d 'MEWMA, MCUSUM: known mean vector, with --cov' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l cov -d 'MEWMA, MCUSUM: known covariance matrix, rows separated by semicolons' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l mcusum -d 'MCUSUM: sums of Crosier, or of Pignatiello and Runger (mc1)' -r -f -a "crosier\t''
mc1\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l sigma-z -d 'laney-p, laney-u: spread of the z scores by mr or sd, or a known spread as a number' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l min-sigma-z -d 'laney-p, laney-u: lower bound of the spread of the z scores' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l method -d 't: distribution of the times between events' -r -f -a "weibull\t''
exponential\t''
nelson\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l sigma-by -d 'z-mr: estimate sigma for each part, each run, all parts together, or in proportion to size' -r -f -a "part\t''
run\t''
all\t''
size\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l mr -d 'i-mr, dnom-i-mr: moving ranges across the parts of --part, or only within each part' -r -f -a "across\t''
within-part\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l within -d 'three-way: estimator of sigma within subgroups' -r -f -a "range\t''
sd\t''
pooled\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l between -d 'three-way: sigma between subgroups by moving range or analysis of variance' -r -f -a "mr\t''
anova\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l fit -d 'residual: fit by maximum likelihood (ml), conditional least squares (cls) or Yule-Walker (yw)' -r -f -a "ml\t''
cls\t''
yw\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l phi -d 'residual: known autocorrelation' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l z0 -d 'moving-centerline: value at which the forecasts begin' -r -f -a "first\t''
mean\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l like -d 'Constants and intervals: exact, or as R qcc 2.7 rounds them' -r -f -a "exact\t'Exact: defining integrals, published formulas'
qcc\t'As R qcc 2.7: d2 to three decimals, qcc\'s own d3 and interval of Cpm'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l exclude -d 'Leave points out of the limits and raise no alarm there: 7, 7-9, or a condition such as \'lot == L12\'; needs --reason' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l reason -d 'Reason for --exclude; recorded in the baseline and the result' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s o -l output -d 'File to write the baseline to, `-` for standard output' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l fir -d 'CUSUM: fast initial response, a head start of h/2'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l force -d 'Replace an existing baseline'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l baseline -d 'Frozen limits that `spc limits` wrote, for one chart or for many' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l rules -d 'Rules to apply: sets, members of sets, or custom patterns' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u) [default: as in the baseline]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l subgroup -d 'Column in which successive equal values form a subgroup [default: as in the baseline]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l time -d 'Column of times to show with every result' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l time-format -d 'Format of the times for --since and --until, if it is not ISO 8601, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l label -d 'Columns to show with every result, such as lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l knowledge -d 'Causes and actions: auto (by the column\'s name), furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l show -d 'Which points to print' -r -f -a "all\t'Every point'
violations\t'Points at which a rule fired'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l na -d 'What to do with rows that hold no finite number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s c -l column -d 'Column to chart; several, or a list with commas, for charts of several variables and for subgroups in one row [default: the only numeric one]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l columns -d 'Columns whose names match, such as \'cd_*\': one chart for each, or the variables of t2, mewma and mcusum' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l by -d 'Columns whose values split the rows into groups with separate charts, such as tool,recipe' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l subgroup-size -d 'Number of successive rows that form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l subgroup -d 'Column in which successive equal values form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l time -d 'Column of times, which must not go backwards: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l label -d 'Columns to show with every alarm, such as lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l stage -d 'Column of stages: every new value restarts limits and rules' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l nominal -d 'Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l part -d 'Column of parts (z-mr, short-xbar-r, dnom-i-mr)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l run -d 'Column that names the runs of a part [default: a new one where the part changes]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l unit -d 'Unit of the time between events (t, with --time and no column)' -r -f -a "days\t''
hours\t''
minutes\t''
seconds\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l na -d 'What to do with cells that hold no finite number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l lsl -d 'Lower specification limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l usl -d 'Upper specification limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l target -d 'Target value; without it there is no Cpm [--like qcc: the middle of the limits]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l sigma -d 'Short-term sigma: an estimator of `spc chart --sigma`, or a number [default: mr, or range in subgroups]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l confidence -d 'Confidence of the intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l method -d 'Methods for a process that is not normally distributed, besides the normal indices' -r -f -a "box-cox\t'Power transformation to normality (values above 0)'
normal\t'Percentiles of a normal distribution'
lognormal\t'Percentiles of a lognormal distribution (values above 0)'
weibull\t'Percentiles of a Weibull distribution (values above 0)'
weibull3\t'Percentiles of a Weibull distribution with a threshold'
johnson\t'Percentiles of a Johnson curve through four percentiles (Slifker and Shapiro)'
pearson\t'Percentiles of a Pearson curve of four moments (Clements)'
empirical\t'Percentiles of the sample itself'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l quantile-type -d 'empirical: position of a percentile among n values, 6: p(n+1), 7: p(n-1)+1' -r -f -a "6\t''
7\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l spec -d 'Table of column, lsl, usl, target; prints one row of results per column' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l rules -d 'Rules that decide whether the process is stable' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l min-cpk -d 'Exit 1 when the index falls below this' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l like -d 'Constants and intervals: exact, or as R qcc 2.7 rounds them' -r -f -a "exact\t'Exact: defining integrals, published formulas'
qcc\t'As R qcc 2.7: d2 to three decimals, qcc\'s own d3 and interval of Cpm'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l svg -d 'Draw the histogram' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "rr" -d 'Split the spread of readings into parts, operators and the gage itself (gage R&R)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "bias" -d 'Test readings of one reference for bias'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "linearity" -d 'Fit the bias of readings as a straight line over their reference values'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "type1" -d 'Judge readings of one reference against its tolerance: Cg and Cgk'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "stability" -d 'Watch a gage over time by readings of a master: control chart, and drift per day'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s c -l column -d 'Column of readings; several columns hold repeated readings of the item in their row [default: the only one of numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l columns -d 'Columns whose names match, such as \'trial*\', as if each were given by --column' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l na -d 'What to do with cells that hold no finite number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l nested -d 'Columns of the factors, highest first; the variance within the last factor is `residual`' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l method -d 'Method: mean squares, or restricted maximum likelihood [default: anova, reml where the design is not balanced]' -r -f -a "anova\t''
reml\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l negative -d 'Negative components of the analysis of variance: taken as 0, or kept' -r -f -a "zero\t''
keep\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l confidence -d 'Confidence of the intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l svg -d 'Draw the shares of the variance' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s c -l column -d 'Column of readings; several columns hold repeated readings of the item in their row [default: the only one of numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l columns -d 'Columns whose names match, such as \'trial*\', as if each were given by --column' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l na -d 'What to do with cells that hold no finite number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l content -d 'Share of the process that the interval holds' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l confidence -d 'Confidence that the interval holds this share' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l method -d 'Distribution of the process' -r -f -a "normal\t''
lognormal\t''
nonparametric\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l n -d 'Print the factors for this many values, instead of an interval from data' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l df -d 'Degrees of freedom of s, with --n [default: n - 1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l chart -d 'Kind of chart' -r -f -a "shewhart\t'Points with known limits, judged by --rules'
i-mr\t'Individuals judged by --rules, with their moving-range chart'
ewma\t'Exponentially weighted moving average'
cusum\t'Tabular cumulative sum'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l rules -d 'Rules of a shewhart or i-mr chart' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l shift -d 'Shifts of the mean, in sigma of the plotted statistic' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l slope -d 'Drift of the mean in sigma per point, in place of a shift' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l phi -d 'Lag-one autocorrelations of the points, in place of a shift (shewhart, rule 1)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l target-arl -d 'Find the width (shewhart rule 1, ewma) or h (cusum) that gives this in-control run length' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l width -d 'Distance of the limits from the centre line, in sigma of the plotted statistic' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l lambda -d 'EWMA: weights of the newest value' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l limits -d 'EWMA: limits from the exact variance of each point, or from the asymptotic variance' -r -f -a "exact\t''
asymptotic\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l k -d 'CUSUM: reference values in sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l h -d 'CUSUM: decision interval in sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l head-start -d 'CUSUM: start both sums at this many sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l runs -d 'Number of simulated runs, if there is no exact solution' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l seed -d 'Seed of the simulation' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l fir -d 'CUSUM: fast initial response, a head start of h/2'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s n -l size -d 'Subgroup sizes' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l shift -d 'Shifts of the mean in process sigmas' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l width -d 'Distance of the limits in sigma of the mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s n -l size -d 'Subgroup sizes, such as `5` or `4,5,9` [default: 2 to 25]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s c -l column -d 'Column to watch [default: that of the baseline, or the only column of numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l arl -d 'Average number of points between false alarms, 10 to 1e9' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l phase1 -d 'Number of first rows, which are in control and give mean and sigma [default: 50]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l mean -d 'Known mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l sigma -d 'Known standard deviation' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l baseline -d 'Take mean and sigma from a baseline that `spc limits` wrote for a chart of single values' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l method -d 'Method of detection' -r -f -a "likelihood\t'Sum of the likelihood ratios for many possible changes'
charts\t'Shewhart, EWMA, CUSUM, EWMA of z² and of lag-1 products'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l na -d 'What to do with cells that are not finite numbers' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l knowledge -d 'Causes and actions: furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l svg -d 'Draw the level of evidence with its limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l points -d 'Print every point with its level instead of the alarms'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l method -d 'Method of detection' -r -f -a "likelihood\t'Sum of the likelihood ratios for many possible changes'
charts\t'Shewhart, EWMA, CUSUM, EWMA of z² and of lag-1 products'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l arl -d 'Average number of points between false alarms for which the limit is set' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l phase1 -d 'Estimate mean and sigma from M points, again for each series [default: known]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l series -d 'Number of simulated series for each kind of change' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l seed -d 'Seed of the random numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l wafers -d 'Table of lots, wafers, slots and times of the runs, in the order in which they ran' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l soak-band -d 'Greatest distance from the setpoint that counts as soak, °C' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l peak-band -d 'Greatest distance from the peak that counts as peak, °C' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l na -d 'What to do with samples that have cells that are not finite numbers' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l list -d 'Print the features with group, unit and formula, and stop'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l features -d 'Columns of the features [default: every column of numbers that is not ignored]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l columns -d 'Features whose names match, such as \'temp_*\'' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l ignore -d 'Columns that are not features, such as run numbers and times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l na -d 'What to do with runs that have cells that are not finite numbers' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l reference -d 'Table of healthy runs, in place of the first runs of the input' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l healthy -d 'Number of healthy runs at the start of the input [default: 30]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l model -d 'Take reference, smoothing and failure level from a forecast model' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l lambda -d 'Weight of the newest run in the smoothed distance [default: 0.1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l failure-level -d 'Smoothed ln T² at which the tool fails: health is 0 there' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l svg -d 'Draw the trend of health' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l time-format -d 'Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; several conditions must all hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l until -d 'Read only rows up to this time, by the column of --time; a date includes the whole day' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l model -d 'Model file that `spc forecast fit` wrote: reference, failure level and classifier' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l reference -d 'Table of healthy runs, one column per feature, if there is no model' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l failure-level -d 'Smoothed ln T² at which the tool fails, if there is no model' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l knowledge -d 'Maintenance actions: furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -a "fit" -d 'Fit the forecast model to recorded failures'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -a "judge" -d 'Judge a model on lives that it has not seen: discrimination, Brier skill, calibration table'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "chart" -d 'Chart a measured column, and flag points and patterns that do not look like chance'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "limits" -d 'Compute limits from a stable period and freeze them as a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Judge each row of a stream against a baseline, as soon as it arrives'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "capability" -d 'Compare the spread of a process with its specification'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "gage" -d 'Study a measurement system: repeatability and reproducibility, bias, linearity, stability'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "components" -d 'Split the variance of nested data: lot, wafer in lot, site in wafer'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "tolerance" -d 'Compute statistical tolerance intervals, which hold a share of the process with stated confidence'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "rules" -d 'List rules: what each looks for, and how often chance alone triggers it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "arl" -d 'Compute average run lengths (ARL), or find the design for a given ARL'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "oc" -d 'Print the operating characteristic of a chart of means'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "drift" -d 'Find any kind of change in a series: level, spread, correlation, cycles, outliers'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "bench-drift" -d 'Measure which changes the drift detector finds, how fast, and how often it gives a false alarm'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "features" -d 'Compute the 29 furnace features of every run from its trace'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "health" -d 'Score each run of a tool against its healthy runs, and name the features that differ'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "forecast" -d 'Forecast the failure of a tool: answer a maintenance request, or fit and judge the model for it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s o -l output -d 'Write document, profile and picture of each recipe into this folder, as NAME.json, NAME.csv, NAME.svg' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l profile -d 'Write the concentrations over depth as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l spreading -d 'Write the resistivity over depth and the spreading resistance as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l contact-radius -d 'Radius of the probes\' contacts for --spreading, um' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l svg -d 'Draw the concentrations over depth' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l report -d 'Write the full report as JSON, besides the figures on stdout' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "run" -d 'Run a recipe'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "rs" -d 'Compute the sheet resistance of a depth profile'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "oxide" -d 'Compute thermal oxide growth without a recipe: Deal and Grove with Massoud\'s thin-oxide rate'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "closed" -d 'Compute closed-form solutions for a constant diffusivity: erfc, Gaussian, two-step, implant, thermal budget'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "resistivity" -d 'Print mobility and resistivity of uniformly doped silicon at 300 K by every mobility model'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "uniformity" -d 'Run a recipe at every site of a temperature and flow map; print sigma over mean of the figures'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "sweep" -d 'Run a recipe over ranges of its fields, one row per run'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "solve" -d 'Find the time, temperature or dose that meets a target; print all solutions if there are several'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "sensitivity" -d 'Print the sensitivity of the figures to each input, such as d xj / d T'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "calibrate" -d 'Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "check" -d 'Run golden recipes and compare their figures with the expected values; exit 1 if one differs'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s o -l output -d 'Write document, profile and picture of each recipe into this folder, as NAME.json, NAME.csv, NAME.svg' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l profile -d 'Write the concentrations over depth as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l spreading -d 'Write the resistivity over depth and the spreading resistance as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l contact-radius -d 'Radius of the probes\' contacts for --spreading, um' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l svg -d 'Draw the concentrations over depth' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l report -d 'Write the full report as JSON, besides the figures on stdout' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l species -d 'Dopant of the column conc_cm3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l background -d 'Background dopant and its concentration, cm-3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l mobility -d 'Mobility model: masetti, arora or astm_f723' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l activation -d 'Model of the electrically active part of the dopants' -r -f -a "full\t'All dopants are active'
solubility\t'Dopants are active up to the solid solubility'
suprem4\t'Dopants are active up to the solid solubility, and arsenic forms clusters'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l activated-at -d 'Temperature at which the active part was frozen in' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l ambient -d 'Oxidizing gas' -r -f -a "dry\t'Oxygen'
wet\t'Steam'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l orientation -d 'Surface orientation: 100, 110 or 111' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l temp -d 'Temperatures, such as 1000C' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l time -d 'Times, such as 30min' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l pressure -d 'Pressure of the gas, atm' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l oxidant -d 'Share of the oxidant (oxygen if dry, steam if wet), percent by volume; the rest is inert [default: all but the HCl]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l hcl -d 'HCl in dry oxygen, percent by volume, 0 to 10; at 900 to 1100 C' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l initial -d 'Oxide thickness at the start, such as 2nm' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l parameters -d 'Rate constants: deal_grove or suprem4' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l massoud -d 'Massoud\'s constants: plummer, suprem4 or none [default: those that go with the rate constants]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "erfc" -d 'Constant source: C = Cs erfc(x / 2 sqrt(Dt))'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "gaussian" -d 'Limited source: C = Q / sqrt(pi Dt) exp(-x^2 / 4Dt)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "two-step" -d 'Constant source, then drive-in with an inert surface: Smith\'s integral'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "implant" -d 'Gaussian implant, annealed under an inert surface'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "budget" -d 'Thermal budget only: D and Dt at a constant temperature or over a linear ramp'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l map -d 'Map of the boat or the wafer as CSV, one row per site' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l figures -d 'Figures to print' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l sites -d 'Write the figures of every site as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l svg -d 'Draw the first figure over the map' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l vary -d 'Field and values: PATH=A,B,C or PATH=LOW..HIGH:COUNT, logarithmic with :log' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l figures -d 'Figures to print' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l target -d 'Figure and its target value' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l vary -d 'Field of the recipe to vary, and its bounds' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l samples -d 'Number of intervals of the scan' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l of -d 'Figures whose sensitivity to print' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l to -d 'Inputs to change [default: every temperature, time, dose, energy, concentration, pressure and thickness]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l fit -d 'Parameters to fit' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l measured -d 'Measured profile or table' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l species -d 'Dopant of the measured column conc_cm3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l floor -d 'Ignore measured concentrations below this value, cm-3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l junit -d 'Write the result as JUnit XML' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "run" -d 'Run a recipe'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "rs" -d 'Compute the sheet resistance of a depth profile'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "oxide" -d 'Compute thermal oxide growth without a recipe: Deal and Grove with Massoud\'s thin-oxide rate'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "closed" -d 'Compute closed-form solutions for a constant diffusivity: erfc, Gaussian, two-step, implant, thermal budget'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "resistivity" -d 'Print mobility and resistivity of uniformly doped silicon at 300 K by every mobility model'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "uniformity" -d 'Run a recipe at every site of a temperature and flow map; print sigma over mean of the figures'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "sweep" -d 'Run a recipe over ranges of its fields, one row per run'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "solve" -d 'Find the time, temperature or dose that meets a target; print all solutions if there are several'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "sensitivity" -d 'Print the sensitivity of the figures to each input, such as d xj / d T'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "calibrate" -d 'Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "check" -d 'Run golden recipes and compare their figures with the expected values; exit 1 if one differs'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "calibrate" -d 'Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "sweep" -d 'Simulate jobs over ranges of fields, or their widths over dose and focus'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "optimise" -d 'Search lens, source and mask bias for the largest common window or the least yield risk of a set of features'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "formula" -d 'Evaluate a closed formula for the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "train" -d 'Train a model on jobs with known results, calibrate its intervals, and register it as a candidate'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "retrain" -d 'Train a model on the record of jobs, try it beside the one in production, test every gate; exit 1 if it fails one'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "predict" -d 'Predict a job\'s results with intervals, check them against its constraints, and say whether to run it'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "drift" -d 'Compare recent jobs and their measured results with the training data of the model; exit 1 if they have drifted'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "models" -d 'List models, put one into production, or roll it back'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "shadow" -d 'Let a model predict beside the one in production on jobs with known results, and compare the two'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "alerts" -d 'List, acknowledge and resolve alerts'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "jobs" -d 'Submit jobs, follow them, review those that an engineer must judge, and keep a record of all'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s o -l output -d 'Write the results of each file into this folder, as NAME.json and NAME.csv' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s s -l set -d 'Set a field of every job; without JOBS the fields make one job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l process -d 'Process that runs the jobs, from a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l simulator -d 'Simulator: physics, synthetic, or one of [litho.simulators] [default: litho.simulator]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l samples -d 'Add this many samples of the image over a pitch to the JSON output' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l job -d 'Job that --image and --window draw [default: the first]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l image -d 'Draw the image as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l window -d 'Draw the process window as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l quick -d 'Answer with the quick formulas (Rayleigh, MTF) instead of the image'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s s -l set -d 'Set a field of the optics or the mask, named as in a job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l free -d 'Parameters to fit, or `all` [default: e0_mj_cm2, blur_nm, focus_offset_nm; focus_tilt_nm if site_x varies]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l fix -d 'Fix a parameter at a value instead of fitting it [default: 0]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l max-dropped -d 'Greatest number of rows that may be dropped as outliers, in percent of the measured widths' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l check -d 'Compare the matrix of a new wafer with this process file, instead of fitting a process' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s o -l output -d 'Write the process to this TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l name -d 'Name of the process in the fab' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l picture -d 'Draw the residuals by pitch, dose, focus and site as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l blanks-did-not-print -d 'Take an empty width as a point that did not print [default: as unknown]'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s s -l set -d 'Set a field of every job; without JOBS the fields make one job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l over -d 'Sweep a field over FROM:TO:N or A,B,C; several such options form a grid' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l process -d 'Process that runs the jobs, from a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l dose -d 'Doses of the matrix [default: 0.8:1.2:9]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l focus -d 'Distances from best focus in nm [default: 21 values from -1.5 to 1.5 lambda/NA2]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l focus-shift -d 'Position of a job\'s best focus on the common focus scale, in nm, such as a shift by mask topography' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l bossung -d 'Draw width against focus, with one line per dose and one panel per job, as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l el-dof -d 'Draw exposure latitude against depth of focus, for each job and for all together, as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l curve -d 'Draw NILS, latitude, depth of focus and CD against the first swept field as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l fem -d 'Print a focus-exposure matrix instead: widths over dose and focus'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l share-dose -d 'Expose all points with the dose to size of the first, to get the proximity curve over pitch [default: each with its own]'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s s -l set -d 'Set a field of every feature; without JOBS the fields make one feature' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l vary -d 'Vary a field between two values: na, sigma, sigma_in, sigma_out, pole_center, pole_radius, pole_angle_deg, mask_bias_nm, assist_nm, assist_offset_nm, dose (in units of the first job\'s dose to size)' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l objective -d 'Quantity to optimize' -r -f -a "common-dof\t'Greatest depth of focus that all features share'
common-latitude\t'Greatest exposure latitude at best focus that all features share'
yield-risk\t'Smallest yield risk of the worst feature, from the spread of dose and focus'
weights\t'Greatest sum of weights times terms, see --weight'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l weight -d 'Weight of a term, for the objective `weights`: dof_nm, el_pct, nils, meef, yield_risk; the worst of several jobs counts' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l nils-min -d 'Least NILS allowed for every feature at best focus' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l meef-max -d 'Greatest mask error factor allowed for every feature' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l bias-limit -d 'Greatest bias that --bias-on-target may use, in nm' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l ring-min -d 'Least width allowed for a ring source, sigma_out - sigma_in' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l pole-reach -d 'Greatest distance allowed between a pole\'s outer edge and the axis' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l seed -d 'Seed of the search' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l process -d 'Process that runs the jobs, from a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l pareto -d 'Draw depth of focus against latitude of all settings of the grid, with the Pareto-optimal ones, as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l bias-on-target -d 'Bias the masks of all features except the first, so that they print their targets at the dose of the first'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l train-rows -d 'Rows to train on, counted from 0, both ends included [default: the first 60 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l calibrate-rows -d 'Rows to calibrate the intervals on [default: the next 15 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l test-rows -d 'Rows to test on [default: the rest]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l targets -d 'Results to predict [default: all that the data has]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l ignore -d 'Columns to ignore' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l alpha -d 'Share of results that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l seed -d 'Seed of all random draws' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s o -l output -d 'Write the model to this file instead of registering it' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l process -d 'Process that runs the jobs, from a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l truth -d 'Results that count as the truth' -r -f -a "best\t'Mean of the measured results; simulated results if there are none'
measured\t'Measured results only'
simulated\t'Simulated results only'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l targets -d 'Results to predict [default: those that at least half of the jobs with results have]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l alpha -d 'Share of results that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l seed -d 'Seed of all random draws' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l promote -d 'Put the model into production if it passes every gate'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s s -l set -d 'Set a field of every job; without JOBS the fields make one job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s m -l model -d 'Model to use: a file, a version or an id [default: the one in production]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l profiles -d 'Constraint profiles in TOML [default: exposure latitude at least 5 %, yield risk at most 10 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l process -d 'Process that runs the jobs, from a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l wide -d 'Interval width, in standard deviations of the results, above which the model counts as unsure' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l no-physics -d 'Use the model\'s answer even where it is unsure, instead of the physics'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l no-alternatives -d 'Do not search for changes of a job that would meet its limits'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l alternatives -d 'Search for such changes for every job that may miss its limits [default: for the first 20 of them]'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l explain -d 'Print the contribution of each feature to the model\'s predictions, instead of the results'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l recent -d 'Number of newest jobs of the record to compare' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s m -l model -d 'Model whose training jobs are the reference [default: the one in production]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l level -d 'Probability that there is no alarm at all if nothing has drifted' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "rollback" -d 'Put the previous model back into production, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s m -l model -d 'Model to try: a version or an id' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l ignore -d 'Columns to ignore' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "list" -d 'List alerts that are not resolved, the newest first'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "ack" -d 'Acknowledge an alert: record that somebody is looking into it'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "resolve" -d 'Resolve an alert'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "submit" -d 'Record jobs and run each until it ends or an engineer must decide; exit 1 if one ends other than COMPLETED'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "resume" -d 'Run every waiting or interrupted job until it ends or an engineer must decide'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "status" -d 'List jobs, or show one with its history as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "review" -d 'Start the review of a job with an anomaly'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "clear" -d 'Clear a job after its review: no fault was found'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "escalate" -d 'Escalate a job after its review'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "cancel" -d 'Cancel a job that has not run, was blocked or failed'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "retry" -d 'Submit a blocked or failed job again'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "override" -d 'Run a blocked or failed job without asking the model again'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "outcome" -d 'Record measured results of jobs; exit 1 if one misses a limit or lies far from its prediction'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "history" -d 'Print the predicted, simulated and measured values: one row per job and signal'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "trend" -d 'Print one signal from job to job, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "export" -d 'Write the whole record: CSV with one row per job, or JSON lines with everything that belongs to a job'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "import" -d 'Import jobs with results from another source: the fab, a rigorous simulator, another record'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "calibrate" -d 'Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "sweep" -d 'Simulate jobs over ranges of fields, or their widths over dose and focus'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "optimise" -d 'Search lens, source and mask bias for the largest common window or the least yield risk of a set of features'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "formula" -d 'Evaluate a closed formula for the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "train" -d 'Train a model on jobs with known results, calibrate its intervals, and register it as a candidate'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "retrain" -d 'Train a model on the record of jobs, try it beside the one in production, test every gate; exit 1 if it fails one'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "predict" -d 'Predict a job\'s results with intervals, check them against its constraints, and say whether to run it'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "drift" -d 'Compare recent jobs and their measured results with the training data of the model; exit 1 if they have drifted'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "models" -d 'List models, put one into production, or roll it back'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "shadow" -d 'Let a model predict beside the one in production on jobs with known results, and compare the two'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "alerts" -d 'List, acknowledge and resolve alerts'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "jobs" -d 'Submit jobs, follow them, review those that an engineer must judge, and keep a record of all'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l setup -d 'Read the setup (geometry, temperature, model) from a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s s -l set -d 'Set one key of the setup' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l by -d 'Give one result for each value of this column' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l coverage -d 'Coverage probability of the expanded uncertainty' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l svg -d 'Draw the data with the fit' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l report -d 'Write the full report as JSON, besides the numbers on stdout' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l explain -d 'Explain the method instead of computing'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "train" -d 'Train models, compare them with baselines, and keep the best one if it has skill'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "predict" -d 'Predict runs with intervals, the contribution of each feature, and whether to measure'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "forecast" -d 'Forecast the next runs of a series, with intervals and the probability of violating a limit'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l time -d 'Column of time: numbers or ISO 8601' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l time-format -d 'Format of the times, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l target -d 'Column of the measured target' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l group -d 'Column of the groups, such as the lot' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l order -d 'Column of the position within a group; it is also used as a feature [default: counted]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l features -d 'Columns to learn from [default: all that hold numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l ignore -d 'Columns to ignore' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l keep -d 'Columns to learn from although they look doubtful' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l split -d 'Kind of split [default: forward with --time or without --group, else group]' -r -f -a "forward\t'The first runs train; each later run is predicted from what was known before it'
group\t'Groups are left out in turn'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l train-rows -d 'Forward split: number of runs that train [default: 60 %, whole groups]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l calibration-rows -d 'Forward split: number of runs after them whose errors set the intervals [default: errors within the training runs do]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l update-lambda -d 'Weight of the newest residual in the residual update' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l delay -d 'Number of runs from a run to its measurement; 1: known before the next run' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l models -d 'Families of models to try: ols, ridge, elastic-net, trees' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l ridge-alpha -d 'Penalty of ridge, as scikit-learn counts it [default: chosen within the training runs]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l alpha -d 'Share of runs that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l gamma -d 'Step size with which the miss rate of an adaptive interval is adjusted' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l window -d 'Number of newest errors that an adaptive interval uses' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l seed -d 'Seed of all random draws' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l name -d 'Name in the registry that models for the same purpose share; one of them is in production [default: the target]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s o -l output -d 'Write the model to this file instead of registering it' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l report -d 'Write the full evaluation as JSON, besides the scores on stdout' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l shuffled -d 'Split at random, to see what a random split hides; nothing is registered'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l no-update -d 'Do not try residual updates'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l time -d 'Column of time: numbers or ISO 8601' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l time-format -d 'Format of the times, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s m -l model -d 'Model: a file, version or id [default: the one in production]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l interval -d 'Kind of interval [default: the one that kept its coverage in the evaluation]' -r -f -a "static\t'One fixed width, from held-out errors by group or forward in time'
adaptive\t'A width that follows the errors of measured runs'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l lower -d 'Lower limit of the target: a run need not be measured if its interval stays above it' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l upper -d 'Upper limit of the target' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l tolerance -d 'Greatest error allowed for a run that is not measured, in place of limits' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l risk -d 'Greatest share of wrong skips allowed; the upper 95 % bound of Wilson must not exceed it' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l delay -d 'Number of runs from a run to its measurement [default: as in training]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l time -d 'Column of time: numbers or ISO 8601' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l time-format -d 'Format of the times, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l target -d 'Column of the series' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l runs -d 'Number of runs to forecast' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l methods -d 'Methods to choose from: naive, ewma, local-level, ar, holt [default: all]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l train-rows -d 'Number of first values; the forecasts of the later ones judge the methods [default: 60 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l alpha -d 'Share of values that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l lower -d 'Lower limit of the series' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l upper -d 'Upper limit of the series' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l risk -d 'Exit 1 if a limit is violated with at least this probability [default: 0.05]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l seed -d 'Seed of the simulated paths' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "train" -d 'Train models, compare them with baselines, and keep the best one if it has skill'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "predict" -d 'Predict runs with intervals, the contribution of each feature, and whether to measure'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "forecast" -d 'Forecast the next runs of a series, with intervals and the probability of violating a limit'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "design" -d 'Compute variance, offset, stability and best weight of a controller, in closed form'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "step" -d 'Compute the next recipe from the latest runs, with its reason and bounds'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "trim" -d 'Recommend small changes of a recipe (a trim) from the slopes of `diffuse sensitivity`'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "simulate" -d 'Simulate how much variance control adds, and which changes it hides from control charts'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l method -d 'Recursion of the controller' -r -f -a "ewma\t'EWMA of y - b u; a late measurement is paired with its own recipe'
integral\t'u <- u - (l/b)(y - T); a late y is taken as if it were the present recipe\'s'
chen-guo\t'Double EWMA as Chen and Guo write it'
holt\t'Double EWMA as Holt writes it'
predictor-corrector\t'Predictor-corrector control of Butler and Stefani, which is the recursion of chen-guo'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l lambda -d 'Weight of the newest run; of the level in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l lambda2 -d 'Weight of the trend in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l xi -d 'Gain of the process over the gain of the model, beta/b [default: 1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l gain -d 'Gain of the process, with --model-gain in place of --xi' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l model-gain -d 'Gain of the model' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l delay -d 'Number of runs by which a measurement is late; 0: it is known before the next run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l disturbance -d 'Kind of disturbance of the process' -r -f -a "white\t'Independent from run to run'
ima\t'IMA(1,1) with --theta'
ar\t'AR(1) with --phi'
random-walk\t'IMA(1,1) with theta 0'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l theta -d 'Moving-average parameter of an IMA(1,1) disturbance, -1 to 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l phi -d 'Autoregressive parameter of an AR(1) disturbance, between -1 and 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l sigma -d 'Standard deviation of the random shocks of the disturbance' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l drift -d 'Drift of the process per run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l step -d 'Size of the step in the disturbance for the printed response' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l runs -d 'Number of runs of the printed response' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l controller -d 'Controller: law, targets, inputs with bounds and gains, as TOML' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l state -d 'State file of the controller; written when something new is known' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l run -d 'Column that names the run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l override -d 'Set the next recipe by hand, for one run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l by -d 'Name of the person who sets the recipe [default: the user]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l why -d 'Reason for setting the recipe by hand' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l dry-run -d 'Show the next recipe without writing the state file'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l target -d 'Target values of figures' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l to -d 'Inputs that may change [default: all that have a slope]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l limit -d 'Greatest change allowed for an input' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l scale -d 'Size of a miss of each figure; misses of this size count the same [default: 1 % of each target]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l measured -d 'Measured runs of the unchanged recipe, one column per figure, in the order of time' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l lambda -d 'Weight of the newest run in the EWMA that says where a figure is now [default: by least squares]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l na -d 'What to do with a cell of the runs that holds no number' -r -f -a "error\t'Report every such cell and stop'
skip\t'Leave the row out, and report it'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l separator -d 'Separator of the cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l decimal -d 'Decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l thousands -d 'Separator of groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l header-row -d 'Line number of the column names; lines above it are ignored' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l units-row -d 'Line number of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l method -d 'Recursion of the controller' -r -f -a "ewma\t'EWMA of y - b u; a late measurement is paired with its own recipe'
integral\t'u <- u - (l/b)(y - T); a late y is taken as if it were the present recipe\'s'
chen-guo\t'Double EWMA as Chen and Guo write it'
holt\t'Double EWMA as Holt writes it'
predictor-corrector\t'Predictor-corrector control of Butler and Stefani, which is the recursion of chen-guo'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l lambda -d 'Weight of the newest run; of the level in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l lambda2 -d 'Weight of the trend in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l xi -d 'Gain of the process over the gain of the model, beta/b [default: 1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l gain -d 'Gain of the process, with --model-gain in place of --xi' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l model-gain -d 'Gain of the model' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l delay -d 'Number of runs by which a measurement is late; 0: it is known before the next run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l disturbance -d 'Kind of disturbance of the process' -r -f -a "white\t'Independent from run to run'
ima\t'IMA(1,1) with --theta'
ar\t'AR(1) with --phi'
random-walk\t'IMA(1,1) with theta 0'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l theta -d 'Moving-average parameter of an IMA(1,1) disturbance, -1 to 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l phi -d 'Autoregressive parameter of an AR(1) disturbance, between -1 and 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l sigma -d 'Standard deviation of the random shocks of the disturbance' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l drift -d 'Drift of the process per run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l runs -d 'Number of simulated runs from which variance and offset are computed' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l step -d 'Size of the step that charts should detect, in standard deviations of the disturbance\'s shocks' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l within -d 'Number of runs within which charts should detect the step' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l repetitions -d 'Number of repetitions of the step' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l deadband -d 'Keep the recipe while y is expected to be within this distance of the target' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l step-limit -d 'Greatest change of y that one change of the recipe may cause' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l rows -d 'Print this many runs, with the step in the middle' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l seed -d 'Seed of all random draws' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "design" -d 'Compute variance, offset, stability and best weight of a controller, in closed form'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "step" -d 'Compute the next recipe from the latest runs, with its reason and bounds'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "trim" -d 'Recommend small changes of a recipe (a trim) from the slopes of `diffuse sensitivity`'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "simulate" -d 'Simulate how much variance control adds, and which changes it hides from control charts'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s n -l limit -d 'Take at most this many runs, the newest ones' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l command -d 'Only runs of this command, such as `run` or `spc chart`; `spc` includes all of its subcommands' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l status -d 'Only runs with this status: running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
done\t''
findings\t''
failed\t''
interrupted\t''
lost\t''"
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l user -d 'Only runs of this user' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l measure -d 'Only runs with a result of this measure' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l since -d 'Only runs that started at this time or later: 2026-01-31, 2026-01-31T08:00:00+01:00, or an age such as 7d' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l until -d 'Only runs that started before this time' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l tag -d 'Only runs with this label; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "search" -d 'List the runs that contain a text in command, folder, user, parameters, recipe, error, tags or alerts'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "show" -d 'Show one run with its parameters, inputs, stages, results, alerts and tags'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "trend" -d 'Print a measure from run to run, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "tag" -d 'Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note=\'any text\'; `lot=` removes a label'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "alerts" -d 'List the newest alerts, resolved ones too'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "export" -d 'Write runs with their results: as CSV, or as JSON lines with everything that belongs to a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "prune" -d 'Remove old runs from the history; the audit chain records the removal'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "verify" -d 'Check that nothing in the history was changed, deleted, inserted or cut off; exit 1 if something was'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s n -l limit -d 'Take at most this many runs, the newest ones' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l command -d 'Only runs of this command, such as `run` or `spc chart`; `spc` includes all of its subcommands' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l status -d 'Only runs with this status: running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
done\t''
findings\t''
failed\t''
interrupted\t''
lost\t''"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l user -d 'Only runs of this user' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l measure -d 'Only runs with a result of this measure' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l since -d 'Only runs that started at this time or later: 2026-01-31, 2026-01-31T08:00:00+01:00, or an age such as 7d' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l until -d 'Only runs that started before this time' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l tag -d 'Only runs with this label; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s n -l limit -d 'Take at most this many runs, the newest ones' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l command -d 'Only runs of this command, such as `run` or `spc chart`; `spc` includes all of its subcommands' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l status -d 'Only runs with this status: running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
done\t''
findings\t''
failed\t''
interrupted\t''
lost\t''"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l user -d 'Only runs of this user' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l measure -d 'Only runs with a result of this measure' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l since -d 'Only runs that started at this time or later: 2026-01-31, 2026-01-31T08:00:00+01:00, or an age such as 7d' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l until -d 'Only runs that started before this time' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l tag -d 'Only runs with this label; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l recipe -d 'Print only the recipe, or the config.cfg, with which the run can be repeated'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l settings -d 'Print only the configuration that was in effect'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l point -d 'Take only its value at this point' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l svg -d 'Draw the trend' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s n -l limit -d 'Take at most this many runs, the newest ones' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l command -d 'Only runs of this command, such as `run` or `spc chart`; `spc` includes all of its subcommands' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l status -d 'Only runs with this status: running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
done\t''
findings\t''
failed\t''
interrupted\t''
lost\t''"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l user -d 'Only runs of this user' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l measure -d 'Only runs with a result of this measure' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l since -d 'Only runs that started at this time or later: 2026-01-31, 2026-01-31T08:00:00+01:00, or an age such as 7d' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l until -d 'Only runs that started before this time' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l tag -d 'Only runs with this label; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s n -l limit -d 'Number of alerts to list' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s o -l output -d 'File to write [default: standard output]' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s n -l limit -d 'Take at most this many runs, the newest ones' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l command -d 'Only runs of this command, such as `run` or `spc chart`; `spc` includes all of its subcommands' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l status -d 'Only runs with this status: running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
done\t''
findings\t''
failed\t''
interrupted\t''
lost\t''"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l user -d 'Only runs of this user' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l measure -d 'Only runs with a result of this measure' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l since -d 'Only runs that started at this time or later: 2026-01-31, 2026-01-31T08:00:00+01:00, or an age such as 7d' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l until -d 'Only runs that started before this time' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l tag -d 'Only runs with this label; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l keep -d 'Number of newest runs to keep' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l dry-run -d 'Print the runs that would be removed, and stop'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l anchor -d 'Compare with an earlier end of the chain: from a backup set, its manifest, or a file of what --head printed' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l head -d 'Print the end of the audit chain, so that it can be kept in another place'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "search" -d 'List the runs that contain a text in command, folder, user, parameters, recipe, error, tags or alerts'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one run with its parameters, inputs, stages, results, alerts and tags'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "trend" -d 'Print a measure from run to run, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "tag" -d 'Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note=\'any text\'; `lot=` removes a label'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "alerts" -d 'List the newest alerts, resolved ones too'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write runs with their results: as CSV, or as JSON lines with everything that belongs to a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Remove old runs from the history; the audit chain records the removal'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that nothing in the history was changed, deleted, inserted or cut off; exit 1 if something was'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "list" -d 'List alerts that are not resolved, the newest first'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "ack" -d 'Acknowledge an alert: record that somebody is looking into it'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "resolve" -d 'Resolve an alert'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s n -l limit -d 'List at most this many alerts of the history, and at most as many of the registry' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l all -d 'List resolved alerts too'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l by -d 'Name of the person who acknowledges or resolves the alert [default: the user]' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l why -d 'Reason, recorded with the alert' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l by -d 'Name of the person who acknowledges or resolves the alert [default: the user]' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l why -d 'Reason, recorded with the alert' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l actionable -d 'Whether the alert was useful' -r -f -a "yes\t'The alert led to an action'
no\t'The alert was a false alarm'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "list" -d 'List alerts that are not resolved, the newest first'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "ack" -d 'Acknowledge an alert: record that somebody is looking into it'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "resolve" -d 'Resolve an alert'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "rollback" -d 'Put the previous model back into production, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "rollback" -d 'Put the previous model back into production, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l keys -d 'Print all keys with their defaults and meaning instead of the values'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "check" -d 'Check configuration files; exit 1 if a file names programs but is not trusted, 2 if a file has a fault'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "example" -d 'Print an example configuration file with all keys, as comments'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "node" -d 'Work with process nodes and the names of their libraries'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "trust" -d 'Trust the configuration files below a folder: start the programs that they name, whoever can write the files'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "untrust" -d 'Stop trusting the configuration files below a folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "list" -d 'List the process nodes'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "show" -d 'Show one process node with its libraries and corners'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "parse" -d 'Split a library\'s name into its parts, by the pattern of its node; exit 1 if no node matches'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "check" -d 'Check whether a library may be used at a corner; exit 1 if its node does not allow it'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check configuration files; exit 1 if a file names programs but is not trusted, 2 if a file has a fault'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "example" -d 'Print an example configuration file with all keys, as comments'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "node" -d 'Work with process nodes and the names of their libraries'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "trust" -d 'Trust the configuration files below a folder: start the programs that they name, whoever can write the files'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "untrust" -d 'Stop trusting the configuration files below a folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand man" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand man" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand man" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand man" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand man" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand man" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand man" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand man" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l slot -d 'The slot whose lock to hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l runs -d 'The folder of the attempts and of the slots\' locks' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l submission -d 'Simulate the tickets of a cluster job instead: the folder of its submission' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s C -l directory -d 'Run as if libchar had been started in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l format -d 'Output format of the results [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document that names its schema'
jsonl\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l env -d 'Apply the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l history -d 'Record the run in this history database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l depfile -d 'Write a make rule that lists the files that were read' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l log-format -d 'Format of the messages on stderr' -r -f -a "human\t'Plain text for people'
json\t'One JSON object per line'"
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s q -l quiet -d 'Print only errors on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s v -l verbose -d 'Print more details on stderr'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l safe-cells -d 'Put an apostrophe before CSV cells that a spreadsheet would read as a formula'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l exit-zero -d 'Exit with 0 instead of 1 if there are findings'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l wait -d 'Wait until another libchar in the same folder has ended, instead of exiting with 75'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "init" -d 'Create an example domain, ready to run, in a new or empty folder'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "adopt" -d 'Take over the results of simulations that were run without libchar'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "gen" -d 'Generate a deck for every PVT point'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "run" -d 'Simulate the points that are missing, failed or changed'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "ext" -d 'Extract the measures of every point, or of measure files and logs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "srt" -d 'Sort the results into a report with extremes, limits and margins'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "bkp" -d 'Back up the domain: make, list, verify, restore and prune backup sets'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "usr" -d 'Run the site\'s own program on the results'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "flow" -d 'Run a chain of stages: gen, run, ext, srt, bkp, and usr if a script is configured'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "tune" -d 'Find the cheapest simulator options that keep every measure within a tolerance'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "lib" -d 'Characterize standard cells: from netlists to Liberty'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "check" -d 'Check that tools, tables, template, models, disk and memory are ready for a run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "report" -d 'Print a report that `srt` wrote, or convert it to another format'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "diff" -d 'Compare two runs, domains, backup sets, results, libraries, profiles, measurements or documents'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "watch" -d 'Watch runs from another terminal'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "spc" -d 'Watch a process: control charts, rules, capability, drift, tool health'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "diffuse" -d 'Simulate diffusion, implantation and oxidation by a recipe: junctions, doses, sheet resistance'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "litho-predict" -d 'Simulate and predict lithography: image, process window, trade-offs of a job'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "metro" -d 'Turn raw measurements into results with their uncertainty'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "vm" -d 'Virtual metrology: predict a measurement from process data, and compare the skill with baselines'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "r2r" -d 'Run-to-run control: design and simulate a controller, compute the next recipe or a trim'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "history" -d 'List past runs with their parameters, results and alerts; label them; verify that the record is unchanged'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "alerts" -d 'List, acknowledge and resolve the alerts of all commands'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "models" -d 'List models, put one into production, or roll it back'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "config" -d 'Print every configuration value and where it came from'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "man" -d 'Print the manual page of libchar, or write the pages of all commands into a folder'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "completions" -d 'Print the completion script for a shell'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "supervise" -d 'Simulate tickets from standard input; started by `libchar run` and `libchar tune`'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "list" -d 'List the sets, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "verify" -d 'Compare sets with their manifests and name each difference; exit 1 if there is one'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "restore" -d 'Copy the files of a set into a new folder'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "prune" -d 'Remove all sets that are older than the newest N that verify; exit 1 if a newer set does not verify'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "drill" -d 'Restore a set to a temporary folder, verify it, and print how long that took'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "copy" -d 'Copy all sets of a store into another store with the same password, which is created if it does not exist'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from lib" -f -a "plan" -d 'Print the cells, arcs, tables, simulations and their CPU time, without simulating'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from lib" -f -a "check" -d 'Check Liberty files: syntax, units, tables, arcs, functions; exit 1 on a finding'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "chart" -d 'Chart a measured column, and flag points and patterns that do not look like chance'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "limits" -d 'Compute limits from a stable period and freeze them as a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "watch" -d 'Judge each row of a stream against a baseline, as soon as it arrives'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "capability" -d 'Compare the spread of a process with its specification'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "gage" -d 'Study a measurement system: repeatability and reproducibility, bias, linearity, stability'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "components" -d 'Split the variance of nested data: lot, wafer in lot, site in wafer'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "tolerance" -d 'Compute statistical tolerance intervals, which hold a share of the process with stated confidence'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "rules" -d 'List rules: what each looks for, and how often chance alone triggers it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "arl" -d 'Compute average run lengths (ARL), or find the design for a given ARL'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "oc" -d 'Print the operating characteristic of a chart of means'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "drift" -d 'Find any kind of change in a series: level, spread, correlation, cycles, outliers'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "bench-drift" -d 'Measure which changes the drift detector finds, how fast, and how often it gives a false alarm'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "features" -d 'Compute the 29 furnace features of every run from its trace'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "health" -d 'Score each run of a tool against its healthy runs, and name the features that differ'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "forecast" -d 'Forecast the failure of a tool: answer a maintenance request, or fit and judge the model for it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "run" -d 'Run a recipe'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "rs" -d 'Compute the sheet resistance of a depth profile'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "oxide" -d 'Compute thermal oxide growth without a recipe: Deal and Grove with Massoud\'s thin-oxide rate'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "closed" -d 'Compute closed-form solutions for a constant diffusivity: erfc, Gaussian, two-step, implant, thermal budget'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "resistivity" -d 'Print mobility and resistivity of uniformly doped silicon at 300 K by every mobility model'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "uniformity" -d 'Run a recipe at every site of a temperature and flow map; print sigma over mean of the figures'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "sweep" -d 'Run a recipe over ranges of its fields, one row per run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "solve" -d 'Find the time, temperature or dose that meets a target; print all solutions if there are several'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "sensitivity" -d 'Print the sensitivity of the figures to each input, such as d xj / d T'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "calibrate" -d 'Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "check" -d 'Run golden recipes and compare their figures with the expected values; exit 1 if one differs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "calibrate" -d 'Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "sweep" -d 'Simulate jobs over ranges of fields, or their widths over dose and focus'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "optimise" -d 'Search lens, source and mask bias for the largest common window or the least yield risk of a set of features'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "formula" -d 'Evaluate a closed formula for the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "train" -d 'Train a model on jobs with known results, calibrate its intervals, and register it as a candidate'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "retrain" -d 'Train a model on the record of jobs, try it beside the one in production, test every gate; exit 1 if it fails one'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "predict" -d 'Predict a job\'s results with intervals, check them against its constraints, and say whether to run it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "drift" -d 'Compare recent jobs and their measured results with the training data of the model; exit 1 if they have drifted'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "models" -d 'List models, put one into production, or roll it back'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "shadow" -d 'Let a model predict beside the one in production on jobs with known results, and compare the two'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "alerts" -d 'List, acknowledge and resolve alerts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "jobs" -d 'Submit jobs, follow them, review those that an engineer must judge, and keep a record of all'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from vm" -f -a "train" -d 'Train models, compare them with baselines, and keep the best one if it has skill'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from vm" -f -a "predict" -d 'Predict runs with intervals, the contribution of each feature, and whether to measure'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from vm" -f -a "forecast" -d 'Forecast the next runs of a series, with intervals and the probability of violating a limit'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "design" -d 'Compute variance, offset, stability and best weight of a controller, in closed form'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "step" -d 'Compute the next recipe from the latest runs, with its reason and bounds'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "trim" -d 'Recommend small changes of a recipe (a trim) from the slopes of `diffuse sensitivity`'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "simulate" -d 'Simulate how much variance control adds, and which changes it hides from control charts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "search" -d 'List the runs that contain a text in command, folder, user, parameters, recipe, error, tags or alerts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "show" -d 'Show one run with its parameters, inputs, stages, results, alerts and tags'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "trend" -d 'Print a measure from run to run, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "tag" -d 'Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note=\'any text\'; `lot=` removes a label'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "alerts" -d 'List the newest alerts, resolved ones too'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "export" -d 'Write runs with their results: as CSV, or as JSON lines with everything that belongs to a run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "prune" -d 'Remove old runs from the history; the audit chain records the removal'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "verify" -d 'Check that nothing in the history was changed, deleted, inserted or cut off; exit 1 if something was'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from alerts" -f -a "list" -d 'List alerts that are not resolved, the newest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from alerts" -f -a "ack" -d 'Acknowledge an alert: record that somebody is looking into it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from alerts" -f -a "resolve" -d 'Resolve an alert'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "rollback" -d 'Put the previous model back into production, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Check configuration files; exit 1 if a file names programs but is not trusted, 2 if a file has a fault'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "example" -d 'Print an example configuration file with all keys, as comments'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "node" -d 'Work with process nodes and the names of their libraries'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "trust" -d 'Trust the configuration files below a folder: start the programs that they name, whoever can write the files'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "untrust" -d 'Stop trusting the configuration files below a folder'
