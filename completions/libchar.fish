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

complete -c libchar -n "__fish_libchar_needs_command" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_needs_command" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_needs_command" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_needs_command" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_needs_command" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_needs_command" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_needs_command" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_needs_command" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_needs_command" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_needs_command" -s V -l version -d 'Print version'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "init" -d 'Write a domain that runs into a new or empty folder'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "adopt" -d 'Take over the results of simulations that others ran'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "gen" -d 'Generate a deck at every PVT point'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "run" -d 'Simulate the points: those that are missing, failed or changed'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "ext" -d 'Extract the measures of every point, or of measure files and logs'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "srt" -d 'Sort the results into a report with extremes, limits and margins'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "bkp" -d 'Back up the domain: make a set, list, verify, restore and prune sets'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "usr" -d 'Run the site\'s own program on the results'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "flow" -d 'Run a chain of stages: gen, run, ext, srt, bkp, and usr where a script is configured'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "tune" -d 'Find the cheapest simulator options that keep every measure within a tolerance'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "lib" -d 'Characterize standard cells: from netlists to Liberty'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "check" -d 'Check before a run that tools, tables, template, models, disk and memory are fit for it'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "report" -d 'Print a report that `srt` wrote, or turn it into another format'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "diff" -d 'Compare two runs, domains, sets, results, libraries, profiles, measurements or documents'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "watch" -d 'Watch runs from another terminal'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "spc" -d 'Watch a process: control charts, rules, capability, drift, tool health'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "diffuse" -d 'Diffuse, implant and oxidize a wafer by a recipe; junctions, doses, sheet resistance'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "litho-predict" -d 'Simulate and predict lithography: image, process window, trade-offs of a job'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "metro" -d 'Turn raw measurements into results with their uncertainty'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "vm" -d 'Virtual metrology: predict a measurement from process data, with its skill beside baselines'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "r2r" -d 'Run-to-run control: what a controller costs, gains and hides'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "history" -d 'List what ran, read back its parameters, results and alerts, label it, and prove it'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "alerts" -d 'List, acknowledge and resolve alerts, whichever command raised them'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "models" -d 'List models, put one into production, or take it back'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "config" -d 'Print every configuration value and where it came from'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "man" -d 'Print the manual page, or write those of all commands into a folder'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "supervise" -d 'Simulate tickets from standard input; started by `libchar run` and `libchar tune`'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand init" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand init" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand init" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand init" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand init" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand init" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand init" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand init" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand init" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l pattern -d 'Where corner, extraction, temp, supply, vccn, vcctx stand in the paths below it' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l map -d 'A CSV that says it for each file or folder' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l extraction -d 'The extraction where nothing says one' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l simulator -d 'The simulator that made them' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l at -d 'When they were made, for the history: a date, or a time with its offset [default: now]' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand adopt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s n -l dry-run -d 'List the points without writing anything'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l prune -d 'Remove the folders of points that are no longer in the matrix'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l require-effect -d 'Exit 1 if corners, temperatures, supplies or swept values give equal decks'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l conditions -d 'Print the condition table in use instead, a start for configuration/table_condition.csv'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand gen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s j -l jobs -d 'Cores to use: simulations at the same time, if each takes one thread [default: run.jobs, else the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l timeout -d 'Stop a simulation after this time, such as 30m [default: run.timeout]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l point -d 'Only this point, by id or by a pattern with `*`; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l corner -d 'Only this corner; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l sample -d 'Only so many of the points, spread evenly' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l priority -d 'Simulate these first: an id or a pattern with `*`; may be repeated, the first comes first' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l retries -d 'Further attempts after a failure that may pass: licence, lost machine, time-out, file system [default: run.retries]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l preset -d 'Put the options of this preset of presets.toml over those of the decks [default: run.preset]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l executor -d 'Where to simulate: local, slurm, sge, lsf, netbatch, htcondor or a described one [default: run.executor]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l max-running -d 'At most so many jobs of a cluster run at the same time [default: cluster.max_running]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l max-submit -d 'At most so many jobs of a cluster are submitted at the same time [default: cluster.max_submit]' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l licenses -d 'Licences: at most so many simulations at the same time' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand run" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand run" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand run" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand run" -l failed -d 'Only the points whose last simulation failed'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l again -d 'Simulate again what is done'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l require-effect -d 'Exit 1 if all results are equal along corners, temperatures, supplies or a swept axis'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l dry-run -d 'Only tell what would be simulated'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l no-batch -d 'Simulate each point in a process of its own'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l no-trim -d 'Give the simulator whole model libraries'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l no-reuse -d 'Simulate points that differ in nothing but their names one by one'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l attach -d 'Come back to what is submitted to a cluster, and submit nothing'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l cancel -d 'Cancel what is submitted to a cluster'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l kill-orphans -d 'End simulations that an interrupted run left, instead of waiting for them'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand run" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l print -d 'What `print` wrote in these files that counts as a measure too, such as `v(y)`; a domain has `measures.print`' -r
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand ext" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l typ -d 'The typical point [default: report.typ]' -r
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l pictures -d 'Draw samples (histogram, normal quantiles, scatter) and swept axes (lines, contours) as SVG files into this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l require-effect -d 'Exit 1 if all results are equal along corners, temperatures, supplies or a swept axis'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand srt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l include -d 'Take files of this pattern, such as `pdk/*.lib`, that would be left out; may be repeated [default: bkp.include]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l exclude -d 'Leave files of this pattern out; may be repeated [default: bkp.exclude]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l store -d 'A store: a repository that restic knows, made if there is none [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l password-file -d 'File with its password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l password-command -d 'Command that prints its password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l waveforms -d 'Back up waveforms and raw data too'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "list" -d 'List the sets, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "verify" -d 'Hold sets to their manifests and name each difference; exit 1 if there is one'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "restore" -d 'Copy the files of a set into a new folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "prune" -d 'Remove all sets that are older than the newest ones that verify; exit 1 if one of those does not'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "drill" -d 'Restore a set to a temporary place, verify it, and tell how long that took'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "copy" -d 'Copy all sets of a store into another one, which is made if need be and has the same password'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and not __fish_seen_subcommand_from list verify restore prune drill copy help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l store -d 'A store: a repository that restic knows, made if there is none [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l password-file -d 'File with its password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l password-command -d 'Command that prints its password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l store -d 'A store: a repository that restic knows, made if there is none [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l password-file -d 'File with its password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l password-command -d 'Command that prints its password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l all -d 'Every set of the domain'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l to -d 'The folder, which must not exist yet' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l store -d 'A store: a repository that restic knows, made if there is none [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l password-file -d 'File with its password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l password-command -d 'Command that prints its password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep -d 'How many stay, at least one [default: bkp.keep]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep-last -d 'In a store: so many of the newest stay' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep-daily -d 'In a store: the newest of so many days stays' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l keep-weekly -d 'In a store: the newest of so many weeks stays' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l store -d 'A store: a repository that restic knows, made if there is none [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l password-file -d 'File with its password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l password-command -d 'Command that prints its password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l dry-run -d 'Only name what would be removed'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l in -d 'Make the temporary place in this folder' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l store -d 'A store: a repository that restic knows, made if there is none [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l password-file -d 'File with its password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l password-command -d 'Command that prints its password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from drill" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l store -d 'A store: a repository that restic knows, made if there is none [default for these commands: store.repository]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l password-file -d 'File with its password [default: store.password_file, else the program\'s own, such as RESTIC_PASSWORD]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l password-command -d 'Command that prints its password [default: store.password_command]' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l to -d 'The other store' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the sets, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Hold sets to their manifests and name each difference; exit 1 if there is one'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Copy the files of a set into a new folder'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Remove all sets that are older than the newest ones that verify; exit 1 if one of those does not'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "drill" -d 'Restore a set to a temporary place, verify it, and tell how long that took'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "copy" -d 'Copy all sets of a store into another one, which is made if need be and has the same password'
complete -c libchar -n "__fish_libchar_using_subcommand bkp; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand usr" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s j -l jobs -d 'Simulations at the same time [default: run.jobs, else the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l corner -d 'Only this corner; may be repeated. The report is about these points alone, printed, and replaces none' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l preset -d 'Simulate with this preset of presets.toml [default: run.preset]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l executor -d 'Where to simulate: local, slurm, sge, lsf, netbatch, htcondor or a described one [default: run.executor]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l timeout -d 'Stop a simulation after this time, such as 30m [default: run.timeout]' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l strict -d 'Stop at the first stage with findings'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l tolerance -d 'The largest error of any measure, relative to the converged value' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l absolute -d 'The largest error of a measure where it is about zero, in its unit; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l sample -d 'Choose among options at so many points, spread evenly' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l verify -d 'Verify the choice at so many other points [default: as many as the sample]' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l point -d 'Only this point, by id or by a pattern with `*`; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l corner -d 'Only this corner; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l name -d 'Write the choice to presets.toml under this name' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s j -l jobs -d 'Cores to use: simulations at the same time, if each takes one thread [default: run.jobs, else the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l timeout -d 'Stop a simulation after this time, such as 30m [default: run.timeout]' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s n -l dry-run -d 'Only tell at which points it would simulate'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand tune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l cell -d 'Only these cells: a name, or a pattern with `*`; may be repeated. Their file ends in .part.lib' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l like -d 'Take indexes, attributes, pins and names from this Liberty file, and compare its functions [default: `like` in CELLS.TOML]' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s j -l jobs -d 'Simulations at the same time [default: the cores]' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s o -l output -d 'Folder of the Liberty files [default: that of CELLS.TOML]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l holes -d 'Write a file although values are missing: each is extrapolated so that it is not too small, and a comment says so'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -a "plan" -d 'Tell cells, arcs, tables, simulations and their CPU time, and simulate nothing'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -a "check" -d 'Check Liberty files: syntax, units, tables, arcs, functions; exit 1 on a finding'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and not __fish_seen_subcommand_from plan check help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l cell -d 'Only these cells: a name, or a pattern with `*`; may be repeated' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l like -d 'Take indexes, attributes, pins and names from this Liberty file, and compare its functions [default: `like` in CELLS.TOML]' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l rule -d 'Only this rule; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from help" -f -a "plan" -d 'Tell cells, arcs, tables, simulations and their CPU time, and simulate nothing'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check Liberty files: syntax, units, tables, arcs, functions; exit 1 on a finding'
complete -c libchar -n "__fish_libchar_using_subcommand lib; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand check" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand check" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand check" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand check" -l json -d 'Print one JSON document, like --format json'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l raise -d 'Raise alerts in the history for an overdue backup and for what is above the thresholds of `alerts`'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand check" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l measure -d 'Only this measure; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l html -d 'Write one self-contained HTML page' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l junit -d 'Write the limits as test cases in JUnit XML' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l against -d 'Compare with this domain, backup set, creport.json or Liberty file' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l links -d 'Whether the page links to decks and logs' -r -f -a "relative\t'Relative to the page\'s folder'
none\t'No links'"
complete -c libchar -n "__fish_libchar_using_subcommand report" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand report" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand report" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand report" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand report" -l markdown -d 'Print a summary in Markdown, for a merge request'
complete -c libchar -n "__fish_libchar_using_subcommand report" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand report" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand report" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l abs -d 'Values within this distance are equal, in SI units or with a prefix, as 1ps' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l rel -d 'Values within this part of the old one are equal, as 2% or 0.02' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l tolerance -d 'The tolerance of one measure instead, as tphl=1ps, \'i*=2%\' or t=1ps,2%; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l measure -d 'Only these measures, with * and ?; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l waive -d 'Accepted differences, with the reason and the last day' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l worst -d 'Show the worst differences only, this many; the others are counted' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l svg -d 'Draw both profiles and their ratio' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l species -d 'Dopant of a column that names none, such as conc_cm3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l level -d 'Compare the deepest depth of this concentration too, cm-3; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l floor -d 'Take no ratio below this concentration, cm-3 [default: 1e-4 of the lower peak]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l each -d 'Show every entry of a table instead of the worst'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l interval -d 'Seconds between two looks' -r
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l once -d 'Look once and end'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l until-done -d 'End when nothing runs any more'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "chart" -d 'Chart a measured column and flag what does not look like chance'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "limits" -d 'Compute limits from a stable period and freeze them as a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "watch" -d 'Judge each row as it arrives, against a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "capability" -d 'Compare the spread of a process with its specification'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "gage" -d 'Study a measurement system: repeatability and reproducibility, bias, linearity, stability'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "components" -d 'Split the variance of nested data: lot, wafer in lot, site in wafer'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "tolerance" -d 'Bound a share of the process with stated confidence: statistical tolerance intervals'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "rules" -d 'List rules: what each looks for, and how often chance alone completes it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "arl" -d 'Compute average run lengths, or the design that has one'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "oc" -d 'Print the operating characteristic of a chart of means'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "drift" -d 'Find any kind of change in a series: level, spread, correlation, cycles, outliers'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "bench-drift" -d 'Measure what the drift detector finds, how fast, and how often it is wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "features" -d 'Compute the 29 furnace features of every run from its trace'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "health" -d 'Score each run of a tool against its healthy runs, and name the features that differ'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "forecast" -d 'Forecast a failure: answer a maintenance request, or fit and judge the model behind it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from chart limits watch capability gage components tolerance rules arl oc constants drift bench-drift features health forecast help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s c -l column -d 'Column to chart; several, or one list with commas, for charts of several variables and for subgroups that lie in one row [default: the only numeric one]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l columns -d 'Columns whose names match, such as \'cd_*\': each a chart of its own, or the variables of t2, mewma and mcusum' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l by -d 'Columns whose values split the rows into groups with charts of their own, such as tool,recipe' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l subgroup-size -d 'Successive rows that form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l subgroup -d 'Column whose equal neighbours form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l time -d 'Column of times, which must not go backwards: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l label -d 'Columns that every alarm carries: lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l stage -d 'Column whose every new value restarts limits and rules' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l nominal -d 'Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l part -d 'Column of parts (z-mr, short-xbar-r, dnom-i-mr)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l run -d 'Column of runs of a part [default: a new one where the part changes]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l unit -d 'Unit of the time between events (t, with --time and no column)' -r -f -a "days\t''
hours\t''
minutes\t''
seconds\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l na -d 'Cells that hold no finite number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l model -d 'Model of autocorrelated points, in place of --chart: ar1 is residual, ewma is moving-centerline' -r -f -a "ar1\t''
ewma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l sigma -d 'Sigma: mr, median-mr, range, sd, range-weighted, sd-weighted, pooled, overall, or a number that is given' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l center -d 'Centre line or target, in place of the mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l width -d 'Distance of the limits in sigma of what is plotted' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l guarantee -d 'Widen the limits so that this share of such Phase I samples alarms at most at the nominal rate (i-mr, xbar-r, xbar-s), such as 90%' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l span -d 'Values in a moving range' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l lambda -d 'EWMA, MEWMA: weight of the newest value; moving-centerline: in place of the fitted one' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l limits -d 'EWMA, MEWMA: exact variance of each point, or asymptotic [default: exact, for MEWMA asymptotic]; g: probability or sigma [default: probability]' -r -f -a "exact\t''
asymptotic\t''
probability\t''
sigma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l k -d 'CUSUM, MCUSUM: reference value in sigma, half the shift to be found' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l h -d 'CUSUM, MCUSUM: decision interval in sigma [default: 5, for MCUSUM 5.5]; MEWMA: limit of T2' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l target-arl -d 'MEWMA: in-control run length that the limit has [default: 370]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l head-start -d 'CUSUM: start both sums at this many sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l confidence -d 'T2: share of in-control points below the limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l covariance -d 'T2, MEWMA, MCUSUM: covariance of the sample, or of successive differences' -r -f -a "sample\t''
successive\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l mean -d 'MEWMA, MCUSUM: mean vector that is given, with --cov' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l cov -d 'MEWMA, MCUSUM: covariance matrix that is given, rows separated by semicolons' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l mcusum -d 'MCUSUM: whose sums' -r -f -a "crosier\t''
mc1\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l sigma-z -d 'laney-p, laney-u: spread of the z scores by mr or sd, or a number that is given' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l min-sigma-z -d 'laney-p, laney-u: least spread of the z scores' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l method -d 't: distribution of the times' -r -f -a "weibull\t''
exponential\t''
nelson\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l sigma-by -d 'z-mr: whose moving ranges make sigma' -r -f -a "part\t''
run\t''
all\t''
size\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l mr -d 'i-mr, dnom-i-mr: moving ranges across the parts of --part, or within each alone' -r -f -a "across\t''
within-part\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l within -d 'three-way: sigma within subgroups' -r -f -a "range\t''
sd\t''
pooled\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l between -d 'three-way: sigma between subgroups by moving range or analysis of variance' -r -f -a "mr\t''
anova\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l fit -d 'residual: how the model is fitted' -r -f -a "ml\t''
cls\t''
yw\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l phi -d 'residual: autocorrelation that is given' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l z0 -d 'moving-centerline: where the forecasts begin' -r -f -a "first\t''
mean\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l like -d 'Constants and intervals: exact, or as R qcc 2.7 rounds them' -r -f -a "exact\t'Defining integrals, published formulas'
qcc\t'd2 to three decimals, and qcc\'s own d3 and interval of Cpm'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l rules -d 'Rules to judge by: sets, members or custom patterns' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l events -d 'One event for each maximal run of signalling points, or for each such point' -r -f -a "run\t''
point\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l knowledge -d 'Causes and actions: auto (by the column\'s name), furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l baseline -d 'Judge against frozen limits that `spc limits` wrote' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l phase1 -d 'Compute limits from the first N points and judge all' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l exclude -d 'Leave points out of the limits and raise no alarm there: point 7, points 7-9, or a condition such as \'lot == L12\'; with --reason' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l reason -d 'Why; recorded in the baseline and the result' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l show -d 'What to print [default: all as json, violations as csv and jsonl, summary and violations as a table]' -r -f -a "summary\t'Centre, limits and signals of each panel'
points\t'Every plotted point with its lines'
violations\t'What fired'
all\t'Everything (json only)'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s o -l output -d 'Folder for the document and the picture of each file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l spec -d 'Specification limits of many charts, a table of column, lsl, usl, target: Cpk in the table' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l min-cpk -d 'Exit 1 when a Cpk of --spec falls below this' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l svg -d 'Draw the chart' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l lsl -d 'Lower specification limit, drawn only' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l usl -d 'Upper specification limit, drawn only' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l annotations -d 'Events to mark, a table of `at` (point, time or lot) and `text`: maintenance, recipe changes' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l fir -d 'CUSUM: fast initial response, a head start of h/2'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from chart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s c -l column -d 'Column to chart; several, or one list with commas, for charts of several variables and for subgroups that lie in one row [default: the only numeric one]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l columns -d 'Columns whose names match, such as \'cd_*\': each a chart of its own, or the variables of t2, mewma and mcusum' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l by -d 'Columns whose values split the rows into groups with charts of their own, such as tool,recipe' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l subgroup-size -d 'Successive rows that form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l subgroup -d 'Column whose equal neighbours form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l time -d 'Column of times, which must not go backwards: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l label -d 'Columns that every alarm carries: lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l stage -d 'Column whose every new value restarts limits and rules' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l nominal -d 'Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l part -d 'Column of parts (z-mr, short-xbar-r, dnom-i-mr)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l run -d 'Column of runs of a part [default: a new one where the part changes]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l unit -d 'Unit of the time between events (t, with --time and no column)' -r -f -a "days\t''
hours\t''
minutes\t''
seconds\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l na -d 'Cells that hold no finite number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l model -d 'Model of autocorrelated points, in place of --chart: ar1 is residual, ewma is moving-centerline' -r -f -a "ar1\t''
ewma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l sigma -d 'Sigma: mr, median-mr, range, sd, range-weighted, sd-weighted, pooled, overall, or a number that is given' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l center -d 'Centre line or target, in place of the mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l width -d 'Distance of the limits in sigma of what is plotted' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l guarantee -d 'Widen the limits so that this share of such Phase I samples alarms at most at the nominal rate (i-mr, xbar-r, xbar-s), such as 90%' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l span -d 'Values in a moving range' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l lambda -d 'EWMA, MEWMA: weight of the newest value; moving-centerline: in place of the fitted one' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l limits -d 'EWMA, MEWMA: exact variance of each point, or asymptotic [default: exact, for MEWMA asymptotic]; g: probability or sigma [default: probability]' -r -f -a "exact\t''
asymptotic\t''
probability\t''
sigma\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l k -d 'CUSUM, MCUSUM: reference value in sigma, half the shift to be found' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l h -d 'CUSUM, MCUSUM: decision interval in sigma [default: 5, for MCUSUM 5.5]; MEWMA: limit of T2' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l target-arl -d 'MEWMA: in-control run length that the limit has [default: 370]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l head-start -d 'CUSUM: start both sums at this many sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l confidence -d 'T2: share of in-control points below the limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l covariance -d 'T2, MEWMA, MCUSUM: covariance of the sample, or of successive differences' -r -f -a "sample\t''
successive\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l mean -d 'MEWMA, MCUSUM: mean vector that is given, with --cov' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l cov -d 'MEWMA, MCUSUM: covariance matrix that is given, rows separated by semicolons' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l mcusum -d 'MCUSUM: whose sums' -r -f -a "crosier\t''
mc1\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l sigma-z -d 'laney-p, laney-u: spread of the z scores by mr or sd, or a number that is given' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l min-sigma-z -d 'laney-p, laney-u: least spread of the z scores' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l method -d 't: distribution of the times' -r -f -a "weibull\t''
exponential\t''
nelson\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l sigma-by -d 'z-mr: whose moving ranges make sigma' -r -f -a "part\t''
run\t''
all\t''
size\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l mr -d 'i-mr, dnom-i-mr: moving ranges across the parts of --part, or within each alone' -r -f -a "across\t''
within-part\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l within -d 'three-way: sigma within subgroups' -r -f -a "range\t''
sd\t''
pooled\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l between -d 'three-way: sigma between subgroups by moving range or analysis of variance' -r -f -a "mr\t''
anova\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l fit -d 'residual: how the model is fitted' -r -f -a "ml\t''
cls\t''
yw\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l phi -d 'residual: autocorrelation that is given' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l z0 -d 'moving-centerline: where the forecasts begin' -r -f -a "first\t''
mean\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l like -d 'Constants and intervals: exact, or as R qcc 2.7 rounds them' -r -f -a "exact\t'Defining integrals, published formulas'
qcc\t'd2 to three decimals, and qcc\'s own d3 and interval of Cpm'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l exclude -d 'Leave points out of the limits and raise no alarm there: point 7, points 7-9, or a condition such as \'lot == L12\'; with --reason' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l reason -d 'Why; recorded in the baseline and the result' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s o -l output -d 'Where to write the baseline' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l fir -d 'CUSUM: fast initial response, a head start of h/2'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l force -d 'Replace a baseline that exists'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from limits" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l baseline -d 'Frozen limits that `spc limits` wrote, of one chart or of many' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l rules -d 'Rules to judge by: sets, members or custom patterns' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u) [default: as in the baseline]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l subgroup -d 'Column whose equal neighbours form a subgroup [default: as in the baseline]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l time -d 'Column of times that every answer carries' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l time-format -d 'Form of the times for --since and --until where it is another than ISO 8601, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l label -d 'Columns that every answer carries: lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l knowledge -d 'Causes and actions: auto (by the column\'s name), furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l show -d 'Which points to print' -r -f -a "all\t'Every point'
violations\t'Points that completed a rule'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l na -d 'Rows that hold no finite number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s c -l column -d 'Column to chart; several, or one list with commas, for charts of several variables and for subgroups that lie in one row [default: the only numeric one]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l columns -d 'Columns whose names match, such as \'cd_*\': each a chart of its own, or the variables of t2, mewma and mcusum' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l by -d 'Columns whose values split the rows into groups with charts of their own, such as tool,recipe' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l subgroup-size -d 'Successive rows that form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l subgroup -d 'Column whose equal neighbours form a subgroup' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s n -l sample-size -d 'Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l time -d 'Column of times, which must not go backwards: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l label -d 'Columns that every alarm carries: lot, tool, wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l stage -d 'Column whose every new value restarts limits and rules' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l nominal -d 'Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l part -d 'Column of parts (z-mr, short-xbar-r, dnom-i-mr)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l run -d 'Column of runs of a part [default: a new one where the part changes]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l unit -d 'Unit of the time between events (t, with --time and no column)' -r -f -a "days\t''
hours\t''
minutes\t''
seconds\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l na -d 'Cells that hold no finite number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l target -d 'Target, for Cpm: none without one [--like qcc: the middle of the limits]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l sigma -d 'Short-term sigma: an estimator of `spc chart --sigma`, or a number [default: mr, or range in subgroups]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l confidence -d 'Confidence of the intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l method -d 'Ways to judge a process that is not normal, besides the normal indices' -r -f -a "box-cox\t'Power transformation to normality (values above 0)'
normal\t'Percentiles of a normal distribution'
lognormal\t'Percentiles of a lognormal distribution (values above 0)'
weibull\t'Percentiles of a Weibull distribution (values above 0)'
weibull3\t'Percentiles of a Weibull distribution with a threshold'
johnson\t'Percentiles of a Johnson curve through four percentiles (Slifker and Shapiro)'
pearson\t'Percentiles of a Pearson curve of four moments (Clements)'
empirical\t'Percentiles of the sample itself'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l quantile-type -d 'empirical: position of a percentile among n values, 6: p(n+1), 7: p(n-1)+1' -r -f -a "6\t''
7\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l spec -d 'Table of column, lsl, usl, target: one row of results a column' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l rules -d 'Rules of the stability gate' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l min-cpk -d 'Exit 1 when the index falls below this' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l like -d 'Constants and intervals: exact, or as R qcc 2.7 rounds them' -r -f -a "exact\t'Defining integrals, published formulas'
qcc\t'd2 to three decimals, and qcc\'s own d3 and interval of Cpm'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l svg -d 'Draw the histogram' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from capability" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "rr" -d 'Split the spread of readings into parts, operators and the gage itself'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "bias" -d 'Test readings of one reference for bias'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "linearity" -d 'Fit the bias of readings as a line over their references'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "type1" -d 'Judge readings of one reference against its tolerance: Cg and Cgk'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "stability" -d 'Watch a gage over time by a master: chart and drift a day'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from gage" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s c -l column -d 'Column of readings; several are repeated readings of what their row names [default: the only one of numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l columns -d 'Columns whose names match, such as \'trial*\', as if each was named by --column' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l na -d 'Cells that hold no finite number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l units-row -d 'Line of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l nested -d 'Columns of the factors, highest first; what is left within the last is `residual`' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l method -d 'Mean squares, or restricted maximum likelihood [default: anova, reml where the design is not balanced]' -r -f -a "anova\t''
reml\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l negative -d 'Negative components of the analysis of variance: taken as 0, or kept' -r -f -a "zero\t''
keep\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l confidence -d 'Confidence of the intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l svg -d 'Draw the shares' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from components" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s c -l column -d 'Column of readings; several are repeated readings of what their row names [default: the only one of numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l columns -d 'Columns whose names match, such as \'trial*\', as if each was named by --column' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l na -d 'Cells that hold no finite number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l confidence -d 'Confidence that it does' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l method -d 'Distribution of the process' -r -f -a "normal\t''
lognormal\t''
nonparametric\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l n -d 'Print the factors for so many values, in place of an interval of data' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l df -d 'Degrees of freedom of s, with --n [default: n - 1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from tolerance" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l chart -d 'Kind of chart' -r -f -a "shewhart\t'Points with known limits, judged by --rules'
i-mr\t'Individuals judged by --rules, with their moving-range chart'
ewma\t'Exponentially weighted moving average'
cusum\t'Tabular cumulative sum'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l rules -d 'Rules of a shewhart or i-mr chart' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l shift -d 'Shifts of the mean, in sigma of what is plotted' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l slope -d 'Drift of the mean in sigma a point, in place of a shift' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l phi -d 'Lag-one autocorrelations of the points, in place of a shift (shewhart, rule 1)' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l target-arl -d 'Find the width (shewhart rule 1, ewma) or h (cusum) with this in-control run length' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l width -d 'Distance of the limits in sigma of what is plotted' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l lambda -d 'EWMA: weights of the newest value' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l limits -d 'EWMA: limits of the exact variance of each point, or of the last' -r -f -a "exact\t''
asymptotic\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l k -d 'CUSUM: reference values in sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l h -d 'CUSUM: decision interval in sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l head-start -d 'CUSUM: start both sums at this many sigma' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l runs -d 'Simulated runs where nothing exact exists' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l seed -d 'Seed of the simulation' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l fir -d 'CUSUM: fast initial response, a head start of h/2'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from arl" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s n -l size -d 'Subgroup sizes' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l shift -d 'Shifts of the mean in process sigmas' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l width -d 'Distance of the limits in sigma of the mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from oc" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s n -l size -d 'Subgroup sizes, such as `5` or `4,5,9` [default: 2 to 25]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s c -l column -d 'The column to watch [default: that of the baseline, or the only column of numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l arl -d 'Average points between false alarms, 10 to 1e9' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l phase1 -d 'Rows at the start that are in control and give mean and sigma [default: 50]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l mean -d 'Known mean' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l sigma -d 'Known standard deviation' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l baseline -d 'Mean and sigma of a chart of single values that `spc limits` froze' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l method -d 'How evidence is gathered' -r -f -a "likelihood\t'Likelihood ratios of a bank of changes, added up'
charts\t'Shewhart, EWMA, CUSUM, EWMA of z² and of lag-1 products'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l na -d 'Cells that are not finite numbers' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l knowledge -d 'Causes and actions: furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l svg -d 'Draw the level with its limit' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l units-row -d 'Line of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l points -d 'Print every point with its level instead of the alarms'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from drift" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l method -d 'How evidence is gathered' -r -f -a "likelihood\t'Likelihood ratios of a bank of changes, added up'
charts\t'Shewhart, EWMA, CUSUM, EWMA of z² and of lag-1 products'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l arl -d 'Average points between false alarms that the limit is set for' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l phase1 -d 'Estimate mean and sigma from M points, anew for each series [default: known]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l series -d 'Simulated series for each kind of change' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l seed -d 'Seed of the random numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from bench-drift" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l wafers -d 'Lots, wafers, slots and times of the runs, in the order in which they ran' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l soak-band -d 'How close to the setpoint counts as soak, °C' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l peak-band -d 'How close to the peak counts as peak, °C' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l na -d 'Samples with cells that are not finite numbers' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l units-row -d 'Line of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l list -d 'Print the features with group, unit and formula, and stop'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from features" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l features -d 'The features [default: every column of numbers that is not ignored]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l columns -d 'Features whose names match, such as \'temp_*\'' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l ignore -d 'Columns that are no features, such as run numbers and times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l na -d 'Runs with cells that are not finite numbers' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l reference -d 'Healthy runs in a table of their own' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l healthy -d 'Runs at the start of the input that were healthy [default: 30]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l model -d 'Take reference, smoothing and failure level from a forecast model' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l lambda -d 'Weight of the newest run in the smoothed distance [default: 0.1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l failure-level -d 'Smoothed ln T² at which the tool fails: health is 0 there' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l svg -d 'Draw the trend of health' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l time -d 'Column of times, for --since and --until: ISO 8601 or numbers' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l time-format -d 'Form of the times where it is another, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l where -d 'Read only rows that meet a condition, such as \'tool == E04 and step > 3\'; all of several' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l since -d 'Read only rows from this time on, by the column of --time' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l until -d 'Read only rows up to this time, by the column of --time; a day is meant to its end' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l units-row -d 'Line of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from health" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l model -d 'Reference, failure level and classifier, as `spc forecast fit` writes them' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l reference -d 'Healthy runs, one column a feature, where there is no model' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l failure-level -d 'Smoothed ln T² at which the tool fails, where there is no model' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l knowledge -d 'Maintenance actions: furnace, litho, metrology, none, or a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l units-row -d 'Line of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -a "fit" -d 'Learn from recorded failures'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -a "judge" -d 'Judge a model on lives that it has not seen: discrimination, Brier skill, calibration table'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from forecast" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "chart" -d 'Chart a measured column and flag what does not look like chance'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "limits" -d 'Compute limits from a stable period and freeze them as a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "watch" -d 'Judge each row as it arrives, against a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "capability" -d 'Compare the spread of a process with its specification'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "gage" -d 'Study a measurement system: repeatability and reproducibility, bias, linearity, stability'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "components" -d 'Split the variance of nested data: lot, wafer in lot, site in wafer'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "tolerance" -d 'Bound a share of the process with stated confidence: statistical tolerance intervals'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "rules" -d 'List rules: what each looks for, and how often chance alone completes it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "arl" -d 'Compute average run lengths, or the design that has one'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "oc" -d 'Print the operating characteristic of a chart of means'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "drift" -d 'Find any kind of change in a series: level, spread, correlation, cycles, outliers'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "bench-drift" -d 'Measure what the drift detector finds, how fast, and how often it is wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "features" -d 'Compute the 29 furnace features of every run from its trace'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "health" -d 'Score each run of a tool against its healthy runs, and name the features that differ'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "forecast" -d 'Forecast a failure: answer a maintenance request, or fit and judge the model behind it'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s o -l output -d 'Write document, profile and picture of each recipe into this folder, as NAME.json, NAME.csv, NAME.svg' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l profile -d 'Write the concentrations over depth as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l spreading -d 'Write the resistivity over depth and the spreading resistance as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l contact-radius -d 'Radius of the probes\' contacts for --spreading, um' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l svg -d 'Draw the concentrations over depth' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l report -d 'Write the full report as JSON, besides the figures on stdout' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "run" -d 'Run a recipe'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "rs" -d 'Sheet resistance of a depth profile'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "oxide" -d 'Grow thermal oxide alone: Deal and Grove with Massoud\'s thin-oxide rate'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "closed" -d 'Closed solutions for a constant diffusivity: erfc, Gaussian, two-step, implant, thermal budget'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "resistivity" -d 'Print mobility and resistivity of uniformly doped silicon at 300 K by every mobility model'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "uniformity" -d 'Run a recipe at every site of a temperature and flow map: sigma over mean of the figures'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "sweep" -d 'Run a recipe over ranges of its fields, one row a run'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "solve" -d 'Find the time, temperature or dose that meets a target; all of them where there are several'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "sensitivity" -d 'Print what a change of each input does to the figures: d xj / d T and its kin'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "calibrate" -d 'Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "check" -d 'Run golden recipes and compare their figures with what they expect; exit 1 on a difference'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and not __fish_seen_subcommand_from run rs oxide closed resistivity uniformity sweep solve sensitivity calibrate check help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s o -l output -d 'Write document, profile and picture of each recipe into this folder, as NAME.json, NAME.csv, NAME.svg' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l profile -d 'Write the concentrations over depth as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l spreading -d 'Write the resistivity over depth and the spreading resistance as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l contact-radius -d 'Radius of the probes\' contacts for --spreading, um' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l svg -d 'Draw the concentrations over depth' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l report -d 'Write the full report as JSON, besides the figures on stdout' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l species -d 'Dopant of the column conc_cm3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l background -d 'Background dopant and its concentration, cm-3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l mobility -d 'Mobility model: masetti, arora or astm_f723' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l activation -d 'How much of the dopants is active' -r -f -a "full\t'Everything is active'
solubility\t'Up to the solid solubility'
suprem4\t'Solubility, and clusters of arsenic'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l activated-at -d 'Temperature at which the active part was frozen in' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from rs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l ambient -d 'What flows' -r -f -a "dry\t'Oxygen'
wet\t'Steam'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l orientation -d 'Surface orientation: 100, 110 or 111' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l temp -d 'Temperatures, such as 1000C' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l time -d 'Times, such as 30min' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l pressure -d 'Pressure of the gas, atm' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l oxidant -d 'Share of the oxidant (oxygen, or steam with wet), percent by volume; the rest is inert [default: all but the HCl]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l hcl -d 'HCl in dry oxygen, percent by volume, 0 to 10, 900 to 1100 C' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l initial -d 'Oxide at the start, such as 2nm' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l parameters -d 'Rate constants: deal_grove or suprem4' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l massoud -d 'Massoud\'s constants: plummer, suprem4 or none [default: those that go with the rate constants]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from oxide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "erfc" -d 'Constant source: C = Cs erfc(x / 2 sqrt(Dt))'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "gaussian" -d 'Limited source: C = Q / sqrt(pi Dt) exp(-x^2 / 4Dt)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "two-step" -d 'Constant source, then drive-in with an inert surface: Smith\'s integral'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "implant" -d 'Gaussian implant, annealed under an inert surface'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "budget" -d 'Thermal budget D and Dt alone, of a constant temperature or a linear ramp'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from closed" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from resistivity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l map -d 'Map of the boat or the wafer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l figures -d 'Figures' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l sites -d 'Write the figures of every site as CSV' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l svg -d 'Draw the first figure over the map' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from uniformity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l vary -d 'Field and values: PATH=A,B,C or PATH=LOW..HIGH:COUNT, logarithmic with :log' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l figures -d 'Figures to print' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sweep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l target -d 'Figure and its target' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l vary -d 'Field and its bounds' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l samples -d 'Intervals of the scan' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from solve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l of -d 'Figures' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l to -d 'Inputs [default: every temperature, time, dose, energy, concentration, pressure and thickness]' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from sensitivity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l set -d 'Replace a value of the recipe, such as step.2.time=\'45 min\' or model.ni=plummer' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l fit -d 'Parameters to fit' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l measured -d 'Measured profile or table' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l species -d 'Dopant of a measured column conc_cm3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l floor -d 'Measured concentrations below this do not count, cm-3' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from calibrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l junit -d 'Write the result as JUnit XML' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "run" -d 'Run a recipe'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "rs" -d 'Sheet resistance of a depth profile'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "oxide" -d 'Grow thermal oxide alone: Deal and Grove with Massoud\'s thin-oxide rate'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "closed" -d 'Closed solutions for a constant diffusivity: erfc, Gaussian, two-step, implant, thermal budget'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "resistivity" -d 'Print mobility and resistivity of uniformly doped silicon at 300 K by every mobility model'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "uniformity" -d 'Run a recipe at every site of a temperature and flow map: sigma over mean of the figures'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "sweep" -d 'Run a recipe over ranges of its fields, one row a run'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "solve" -d 'Find the time, temperature or dose that meets a target; all of them where there are several'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "sensitivity" -d 'Print what a change of each input does to the figures: d xj / d T and its kin'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "calibrate" -d 'Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "check" -d 'Run golden recipes and compare their figures with what they expect; exit 1 on a difference'
complete -c libchar -n "__fish_libchar_using_subcommand diffuse; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "calibrate" -d 'Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "sweep" -d 'Simulate jobs over ranges of fields, or their widths over dose and focus'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "optimise" -d 'Search lens, source and mask bias for the largest common window or the least yield risk of a set of features'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "formula" -d 'Evaluate one closed formula on the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "train" -d 'Train a model on jobs with known results, calibrate its intervals, and register it as a candidate'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "retrain" -d 'Train on the record of jobs, judge against every gate, shadow the model in production; exit 1 if a gate is missed'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "predict" -d 'Predict a job\'s results with intervals, hold them to its constraints, and say whether to run it'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "drift" -d 'Compare recent jobs, and results that have arrived, with what the model was trained on; exit 1 if they have drifted'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "models" -d 'List models, put one into production, or take it back'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "shadow" -d 'Let a model predict beside the one in production on jobs with known results, and compare the two'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "alerts" -d 'List, acknowledge and resolve alerts'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "jobs" -d 'Submit jobs, follow them, judge those that an engineer must look at, and keep the record of all'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate calibrate sweep optimise formula train retrain predict drift models shadow alerts jobs help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s o -l output -d 'Write the results of each file into this folder, as NAME.json and NAME.csv' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s s -l set -d 'Set a field of every job; without JOBS the fields make one job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l process -d 'Process that runs the jobs: a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l simulator -d 'Simulator: physics, synthetic, or one of [litho.simulators] [default: litho.simulator]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l samples -d 'Add this many samples of the image over a pitch to JSON' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l job -d 'Job that the charts show [default: the first]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l image -d 'Draw the image as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l window -d 'Draw the process window as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l quick -d 'Answer with the quick formulas (Rayleigh, MTF) instead of the image'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s s -l set -d 'Set a field of the optics, as of a job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l free -d 'Parameters to fit, or `all` [default: e0_mj_cm2, blur_nm, focus_offset_nm; focus_tilt_nm if site_x varies]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l fix -d 'Hold a parameter at a value [default: 0]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l max-dropped -d 'Most rows that may be dropped as outliers, in percent of the measured widths' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l check -d 'Judge the matrix, as of a new wafer, against this process instead of fitting one' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s o -l output -d 'Write the process to this TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l name -d 'What the fab calls the process' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l picture -d 'Draw the residuals by pitch, dose, focus and site as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l blanks-did-not-print -d 'An empty width means that the point did not print [default: that nobody knows]'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from calibrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s s -l set -d 'Set a field of every job; without JOBS the fields make one job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l over -d 'Sweep a field over FROM:TO:N or A,B,C; several options make a grid' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l process -d 'Process that runs the jobs: a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l dose -d 'Doses of the matrix [default: 0.8:1.2:9]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l focus -d 'Distances from best focus in nm [default: 21 over 1.5 lambda/NA2]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l focus-shift -d 'Where the best focus of a job stands on the focus scale of all, in nm, as mask topography shifts it' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l bossung -d 'Draw width against focus, one line a dose and one panel a job, as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l el-dof -d 'Draw latitude against depth of focus, of each job and of all together, as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l curve -d 'Draw NILS, latitude, depth of focus and CD against the first swept field as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l fem -d 'Print widths over dose and focus instead'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l share-dose -d 'Expose all points with the dose to size of the first, so that widths differ through pitch [default: each with its own]'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from sweep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s s -l set -d 'Set a field of every feature; without JOBS the fields make one' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l vary -d 'Vary a field between two values: na, sigma, sigma_in, sigma_out, pole_center, pole_radius, pole_angle_deg, mask_bias_nm, assist_nm, assist_offset_nm, dose (in units of the first job\'s dose to size)' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l objective -d 'What shall be best' -r -f -a "common-dof\t'Greatest depth of focus that all features share'
common-latitude\t'Greatest exposure latitude at best focus that all features share'
yield-risk\t'Least of the greatest yield risk, by the spread of dose and focus'
weights\t'Greatest sum of weights times terms, see --weight'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l weight -d 'Weight of a term, for the objective `weights`: dof_nm, el_pct, nils, meef, yield_risk; of several jobs the worst counts' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l nils-min -d 'Least NILS of every feature at best focus' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l meef-max -d 'Greatest mask error factor of every feature' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l bias-limit -d 'Greatest such bias in nm' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l ring-min -d 'Least width of a ring, sigma_out - sigma_in' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l pole-reach -d 'Greatest distance of a pole\'s outer edge from the axis' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l seed -d 'Seed of the search' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l process -d 'Process that runs the jobs: a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l pareto -d 'Draw depth of focus against latitude of all settings of the grid, and those that none betters in both, as SVG' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l bias-on-target -d 'Bias the masks of all features but the first so that they print their targets at its dose'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from optimise" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l train-rows -d 'Rows to fit on, from 0, both ends included [default: the first 60 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l calibrate-rows -d 'Rows to calibrate intervals on [default: the next 15 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l test-rows -d 'Rows to test on [default: the rest]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l targets -d 'Results to predict [default: all that the data has]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l ignore -d 'Columns to leave aside' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l alpha -d 'Share of results that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l seed -d 'Seed of everything that is drawn' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s o -l output -d 'Write the model to this file instead of registering it' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l process -d 'Process that runs the jobs: a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from train" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l truth -d 'Whose word is the truth' -r -f -a "best\t'The mean of what was measured, else what the simulator said'
measured\t'What was measured alone'
simulated\t'What the simulator said alone'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l targets -d 'Results to predict [default: those that at least half of the jobs with results have]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l alpha -d 'Share of results that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l seed -d 'Seed of everything that is drawn' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l promote -d 'Put it into production if every gate is passed'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from retrain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s s -l set -d 'Set a field of every job; without JOBS the fields make one job' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s m -l model -d 'Model to ask: a file, a version or an id [default: the one in production]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l profiles -d 'Constraint profiles in TOML [default: exposure latitude at least 5 %, yield risk at most 10 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l process -d 'Process that runs the jobs: a file that `calibrate` wrote [default: as each job says]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l wide -d 'Width of an interval, in standard deviations of the results, from which the model is unsure' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l no-physics -d 'Let the model answer even where it is unsure'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l no-alternatives -d 'Do not search for changes that would keep the limits'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l alternatives -d 'Search for changes for every job that may miss its limits [default: for the first 20 of them]'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l explain -d 'Print what each feature adds to the model\'s predictions instead'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from predict" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l recent -d 'Jobs of the record that are recent' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s m -l model -d 'Model whose training jobs are the reference [default: the one in production]' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l level -d 'Probability of no alarm at all when nothing has moved' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from drift" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "rollback" -d 'Put the predecessor of the model in production back, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from models" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s m -l model -d 'Model to try: a version or an id' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l ignore -d 'Columns to leave aside' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from shadow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "list" -d 'List alerts that are not resolved, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "ack" -d 'Say that somebody looks into an alert'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "resolve" -d 'Settle an alert'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from alerts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "submit" -d 'Write jobs down and take each as far as a program can; exit 1 if one ends anywhere but COMPLETED'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "resume" -d 'Take every waiting or interrupted job as far as a program can'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "status" -d 'List jobs, or show one with its history as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "review" -d 'Take up a job with an anomaly'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "clear" -d 'Find a reviewed job sound'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "escalate" -d 'Pass a reviewed job on'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "cancel" -d 'Withdraw a job that has not run, was blocked or failed'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "retry" -d 'Submit a blocked or failed job anew'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "override" -d 'Run a blocked or failed job without asking the model again'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "outcome" -d 'Keep what was measured of jobs; exit 1 if it misses a limit, or lies far from what was predicted'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "history" -d 'Print what was predicted, simulated and measured: one row a job and signal'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "trend" -d 'Follow one signal from job to job, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "export" -d 'Write the whole record: CSV with one row a job, or JSON lines with all that belongs to it'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "import" -d 'Take in jobs with results of elsewhere: the fab, a rigorous simulator, another record'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from jobs" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "calibrate" -d 'Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "sweep" -d 'Simulate jobs over ranges of fields, or their widths over dose and focus'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "optimise" -d 'Search lens, source and mask bias for the largest common window or the least yield risk of a set of features'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "formula" -d 'Evaluate one closed formula on the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "train" -d 'Train a model on jobs with known results, calibrate its intervals, and register it as a candidate'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "retrain" -d 'Train on the record of jobs, judge against every gate, shadow the model in production; exit 1 if a gate is missed'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "predict" -d 'Predict a job\'s results with intervals, hold them to its constraints, and say whether to run it'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "drift" -d 'Compare recent jobs, and results that have arrived, with what the model was trained on; exit 1 if they have drifted'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "models" -d 'List models, put one into production, or take it back'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "shadow" -d 'Let a model predict beside the one in production on jobs with known results, and compare the two'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "alerts" -d 'List, acknowledge and resolve alerts'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "jobs" -d 'Submit jobs, follow them, judge those that an engineer must look at, and keep the record of all'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l setup -d 'Read the setup (geometry, temperature, model) from a TOML file' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s s -l set -d 'Set one key of the setup' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l explain -d 'Print what the method is instead of computing'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand metro" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "train" -d 'Train models beside baselines, and keep the best one if it has skill'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "predict" -d 'Predict runs with intervals, what they rest on, and whether to measure'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "forecast" -d 'Forecast the next runs of a series, with intervals and the probability to violate a limit'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and not __fish_seen_subcommand_from train predict forecast help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l time -d 'Column of time: numbers or ISO 8601' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l time-format -d 'Form of the times, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l order -d 'Column of the place within a group; it stays a feature [default: counted]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l features -d 'Columns to learn from [default: all that hold numbers]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l ignore -d 'Columns to leave aside' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l keep -d 'Doubtful columns to learn from all the same' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l split -d 'Kind of split [default: forward with --time or without --group, else group]' -r -f -a "forward\t'The first runs train; each later one is predicted with what was known before it'
group\t'Groups are left out in turn'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l train-rows -d 'Forward: runs that train [default: 60 %, whole groups]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l calibration-rows -d 'Forward: runs after them whose errors set the intervals [default: errors within the training runs do]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l update-lambda -d 'Weight of the newest residual in the residual update' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l delay -d 'Runs from a run to its measurement; 1: known before the next run' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l models -d 'Families of models to try: ols, ridge, elastic-net, trees' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l ridge-alpha -d 'Penalty of ridge, as scikit-learn counts it [default: chosen within the training runs]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l alpha -d 'Share of runs that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l gamma -d 'Step of the adaptive miss rate' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l window -d 'Errors that an adaptive interval remembers' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l seed -d 'Seed of everything that is drawn' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l name -d 'Name under which models of the same purpose follow each other in the registry [default: the target]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s o -l output -d 'Write the model to this file instead of registering it' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l report -d 'Write the full evaluation as JSON, besides the scores on stdout' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l shuffled -d 'Split at random, to see what that hides; nothing is registered'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l no-update -d 'Do not try residual updates'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from train" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l time -d 'Column of time: numbers or ISO 8601' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l time-format -d 'Form of the times, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l interval -d 'Interval [default: the one that kept its promise in the evaluation]' -r -f -a "static\t'One width, from held-out errors by group or forward in time'
adaptive\t'Follows the errors of measured runs'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l lower -d 'Lower limit of the target: a run may go unmeasured where its interval stays above' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l upper -d 'Upper limit of the target' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l tolerance -d 'Greatest error of a run that goes unmeasured, in place of limits' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l risk -d 'Greatest share of wrong skips, which the upper 95 % bound of Wilson must not exceed' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l delay -d 'Runs from a run to its measurement [default: as in training]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from predict" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l time -d 'Column of time: numbers or ISO 8601' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l time-format -d 'Form of the times, such as %d/%m/%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l units-row -d 'Line of the units, below the names' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l runs -d 'Runs to forecast' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l methods -d 'Methods to choose from: naive, ewma, local-level, ar, holt [default: all]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l train-rows -d 'Values before the first forecast by which methods are judged [default: 60 %]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l alpha -d 'Share of values that may lie outside their intervals' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l lower -d 'Lower limit of the series' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l upper -d 'Upper limit of the series' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l risk -d 'Probability of a violation that is a finding [default: 0.05]' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l seed -d 'Seed of the simulated paths' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from forecast" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "train" -d 'Train models beside baselines, and keep the best one if it has skill'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "predict" -d 'Predict runs with intervals, what they rest on, and whether to measure'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "forecast" -d 'Forecast the next runs of a series, with intervals and the probability to violate a limit'
complete -c libchar -n "__fish_libchar_using_subcommand vm; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "design" -d 'Variance, offset, stability and best weight of a controller, in closed form'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "step" -d 'Read the last runs and write the next recipe, with its reason and bounds'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "trim" -d 'Recommend a trim of a recipe from the slopes of `diffuse sensitivity`'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "simulate" -d 'Simulate what control costs, and what it hides from charts'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and not __fish_seen_subcommand_from design step trim simulate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l method -d 'Recursion of the controller' -r -f -a "ewma\t'EWMA of y - b u; a late measurement is paired with its own recipe'
integral\t'u <- u - (l/b)(y - T), which takes a late y for the present recipe\'s'
chen-guo\t'Double EWMA as Chen and Guo write it'
holt\t'Double EWMA as Holt writes it'
predictor-corrector\t'Butler and Stefani\'s, which is the recursion of chen-guo'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l lambda -d 'Weight of the newest run; of the level in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l lambda2 -d 'Weight of the trend in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l xi -d 'How much stronger the process answers than the model says, beta/b [default: 1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l gain -d 'Gain of the process, with --model-gain in place of --xi' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l model-gain -d 'Gain of the model' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l delay -d 'Runs by which a measurement comes late; 0: it is known before the next run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l disturbance -d 'What disturbs the process' -r -f -a "white\t'Independent runs'
ima\t'IMA(1,1) with --theta'
ar\t'AR(1) with --phi'
random-walk\t'IMA(1,1) with theta 0'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l theta -d 'Moving average of an IMA(1,1) disturbance, -1 to 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l phi -d 'Autoregression of an AR(1) disturbance, between -1 and 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l sigma -d 'Standard deviation of the disturbance\'s shocks' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l drift -d 'Drift of the process, a run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l step -d 'Size of a step in the disturbance whose response is shown' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l runs -d 'Runs of that response' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from design" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l controller -d 'Controller: law, targets, inputs with bounds and gains, as TOML' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l state -d 'What the controller remembers; written when something new is known' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l run -d 'Column that names the run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l override -d 'Set the next recipe by hand, for one run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l by -d 'Who sets it [default: the user]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l why -d 'Why it is set' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l na -d 'What to do with a cell that holds no number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l units-row -d 'Line of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l dry-run -d 'Show the next recipe without remembering anything'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from step" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l target -d 'Where figures should be' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l to -d 'Inputs that may change [default: all that have a slope]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l limit -d 'Greatest change of an input' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l scale -d 'Misses of figures that count alike [default: 1 % of each target]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l measured -d 'Measured runs of the recipe as it is, one column a figure, in the order of time' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l lambda -d 'Weight of the newest run in where a figure is expected [default: by least squares]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l na -d 'What to do with a cell of the runs that holds no number' -r -f -a "error\t'Name every such cell and stop'
skip\t'Leave the row out, and list it'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l separator -d 'What separates cells: a character, tab or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l decimal -d 'The decimal sign: . or ,' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l thousands -d 'What stands between groups of three digits: a character or space' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l header-row -d 'Line of the column names; lines above it are left out' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l units-row -d 'Line of the units, below the names' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l encoding -d 'Encoding of the text' -r -f -a "utf-8\t''
utf-16\t''
utf-16le\t''
utf-16be\t''
latin-1\t''
windows-1252\t''"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l missing -d 'Cell that stands for no value, such as `*`; may be given several times' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l fill-down -d 'Columns whose empty cells repeat the cell above, as merged cells are exported' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l date-format -d 'Order of dates: dmy, mdy, ymd, or a format such as %d.%m.%Y' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from trim" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l method -d 'Recursion of the controller' -r -f -a "ewma\t'EWMA of y - b u; a late measurement is paired with its own recipe'
integral\t'u <- u - (l/b)(y - T), which takes a late y for the present recipe\'s'
chen-guo\t'Double EWMA as Chen and Guo write it'
holt\t'Double EWMA as Holt writes it'
predictor-corrector\t'Butler and Stefani\'s, which is the recursion of chen-guo'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l lambda -d 'Weight of the newest run; of the level in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l lambda2 -d 'Weight of the trend in a double EWMA' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l xi -d 'How much stronger the process answers than the model says, beta/b [default: 1]' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l gain -d 'Gain of the process, with --model-gain in place of --xi' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l model-gain -d 'Gain of the model' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l delay -d 'Runs by which a measurement comes late; 0: it is known before the next run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l disturbance -d 'What disturbs the process' -r -f -a "white\t'Independent runs'
ima\t'IMA(1,1) with --theta'
ar\t'AR(1) with --phi'
random-walk\t'IMA(1,1) with theta 0'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l theta -d 'Moving average of an IMA(1,1) disturbance, -1 to 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l phi -d 'Autoregression of an AR(1) disturbance, between -1 and 1' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l sigma -d 'Standard deviation of the disturbance\'s shocks' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l drift -d 'Drift of the process, a run' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l runs -d 'Runs from which the spread is taken' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l step -d 'Size of the step that charts should see, in standard deviations of the disturbance\'s shocks' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l within -d 'Runs within which they should' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l repetitions -d 'Repetitions of the step' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l deadband -d 'The recipe stays while y is expected within this of the target' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l step-limit -d 'Greatest change of y by one change of the recipe' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l rows -d 'Print this many runs with the step in their middle' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l seed -d 'Seed of all draws' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from simulate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "design" -d 'Variance, offset, stability and best weight of a controller, in closed form'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "step" -d 'Read the last runs and write the next recipe, with its reason and bounds'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "trim" -d 'Recommend a trim of a recipe from the slopes of `diffuse sensitivity`'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "simulate" -d 'Simulate what control costs, and what it hides from charts'
complete -c libchar -n "__fish_libchar_using_subcommand r2r; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s n -l limit -d 'At most so many, the newest' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l command -d 'Only this command, such as `run` or `spc chart`; `spc` stands for all of its own' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l status -d 'Only runs that are running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "search" -d 'List the runs that speak of something: in command, folder, user, parameters, recipe, error, tags or alerts'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "show" -d 'Show one run with its parameters, stages, results, alerts, tags and all that decided its results'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "trend" -d 'Follow a measure from run to run, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "tag" -d 'Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note=\'any text\'; `lot=` takes one off'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "alerts" -d 'List the newest alerts, resolved ones too'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "export" -d 'Write runs with their results: CSV, or JSON lines with all that belongs to a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "prune" -d 'Let go of old runs; the audit chain tells it'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "verify" -d 'Check that nothing was changed, deleted, inserted or cut off; exit 1 if something was'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list search show results trend tag stats alerts export prune verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s n -l limit -d 'At most so many, the newest' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l command -d 'Only this command, such as `run` or `spc chart`; `spc` stands for all of its own' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l status -d 'Only runs that are running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s n -l limit -d 'At most so many, the newest' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l command -d 'Only this command, such as `run` or `spc chart`; `spc` stands for all of its own' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l status -d 'Only runs that are running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l recipe -d 'Print only the recipe, or the config.cfg, that makes the run repeatable'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l settings -d 'Print only the configuration that was in effect'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l point -d 'Only its value at this point' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l svg -d 'Draw it' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s n -l limit -d 'At most so many, the newest' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l command -d 'Only this command, such as `run` or `spc chart`; `spc` stands for all of its own' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l status -d 'Only runs that are running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from trend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from tag" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s n -l limit -d 'How many' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s o -l output -d 'The file [default: standard output]' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s n -l limit -d 'At most so many, the newest' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l command -d 'Only this command, such as `run` or `spc chart`; `spc` stands for all of its own' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l folder -d 'Only runs in this folder or below' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l status -d 'Only runs that are running, done, findings, failed, interrupted or lost' -r -f -a "running\t''
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l keep -d 'How many of the newest stay' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l dry-run -d 'Only name what would be let go'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l anchor -d 'Something that remembers where the chain ended: a backup set, its manifest, or what --head printed' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l head -d 'Print where the audit chain ends, to be kept elsewhere'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "search" -d 'List the runs that speak of something: in command, folder, user, parameters, recipe, error, tags or alerts'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one run with its parameters, stages, results, alerts, tags and all that decided its results'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "trend" -d 'Follow a measure from run to run, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "tag" -d 'Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note=\'any text\'; `lot=` takes one off'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "alerts" -d 'List the newest alerts, resolved ones too'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write runs with their results: CSV, or JSON lines with all that belongs to a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Let go of old runs; the audit chain tells it'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that nothing was changed, deleted, inserted or cut off; exit 1 if something was'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "list" -d 'List alerts that are not resolved, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "ack" -d 'Say that somebody looks into an alert'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "resolve" -d 'Settle an alert'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and not __fish_seen_subcommand_from list ack resolve help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s n -l limit -d 'At most so many of the history\'s and so many of the registry\'s' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l all -d 'List resolved ones too'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l by -d 'Who [default: the user]' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l why -d 'Why' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from ack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l by -d 'Who [default: the user]' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l why -d 'Why' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l actionable -d 'Whether it was of use' -r -f -a "yes\t'It led to something'
no\t'It was noise'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "list" -d 'List alerts that are not resolved, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "ack" -d 'Say that somebody looks into an alert'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "resolve" -d 'Settle an alert'
complete -c libchar -n "__fish_libchar_using_subcommand alerts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "rollback" -d 'Put the predecessor of the model in production back, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand models; and not __fish_seen_subcommand_from list show promote rollback help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from promote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l registry -d 'Folder of the model registry [default: beside the history]' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "rollback" -d 'Put the predecessor of the model in production back, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand models; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l keys -d 'Print all keys with their defaults and meaning instead'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "check" -d 'Check configuration files; exit 1 if programs that one names are not started, 2 if one has a fault'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "example" -d 'Print a configuration file with all keys, as comments'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "node" -d 'Process nodes and the names of their libraries'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "trust" -d 'Obey programs that the configuration files below a folder name, whoever could have written them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "untrust" -d 'Take the consent for a folder back'
complete -c libchar -n "__fish_libchar_using_subcommand config; and not __fish_seen_subcommand_from check example node trust untrust help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "list" -d 'List the process nodes'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "show" -d 'Show one with its libraries and corners'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "parse" -d 'Take a library\'s name apart by the pattern of its node; exit 1 if no node knows it'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "check" -d 'Say whether a library may be used at a corner; exit 1 if its node does not allow that'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from node" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from trust" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from untrust" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check configuration files; exit 1 if programs that one names are not started, 2 if one has a fault'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "example" -d 'Print a configuration file with all keys, as comments'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "node" -d 'Process nodes and the names of their libraries'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "trust" -d 'Obey programs that the configuration files below a folder name, whoever could have written them'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "untrust" -d 'Take the consent for a folder back'
complete -c libchar -n "__fish_libchar_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand man" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand man" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand man" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand man" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand man" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand man" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand man" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand man" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand man" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l slot -d 'The slot whose lock to hold' -r
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l runs -d 'The folder of the attempts and of the slots\' locks' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l submission -d 'Simulate the tickets of a cluster job instead: the folder of its submission' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l safe-cells -d 'Write CSV cells that a spreadsheet would take for a formula with an apostrophe before them'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand supervise" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "init" -d 'Write a domain that runs into a new or empty folder'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "adopt" -d 'Take over the results of simulations that others ran'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "gen" -d 'Generate a deck at every PVT point'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "run" -d 'Simulate the points: those that are missing, failed or changed'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "ext" -d 'Extract the measures of every point, or of measure files and logs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "srt" -d 'Sort the results into a report with extremes, limits and margins'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "bkp" -d 'Back up the domain: make a set, list, verify, restore and prune sets'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "usr" -d 'Run the site\'s own program on the results'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "flow" -d 'Run a chain of stages: gen, run, ext, srt, bkp, and usr where a script is configured'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "tune" -d 'Find the cheapest simulator options that keep every measure within a tolerance'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "lib" -d 'Characterize standard cells: from netlists to Liberty'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "check" -d 'Check before a run that tools, tables, template, models, disk and memory are fit for it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "report" -d 'Print a report that `srt` wrote, or turn it into another format'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "diff" -d 'Compare two runs, domains, sets, results, libraries, profiles, measurements or documents'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "watch" -d 'Watch runs from another terminal'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "spc" -d 'Watch a process: control charts, rules, capability, drift, tool health'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "diffuse" -d 'Diffuse, implant and oxidize a wafer by a recipe; junctions, doses, sheet resistance'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "litho-predict" -d 'Simulate and predict lithography: image, process window, trade-offs of a job'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "metro" -d 'Turn raw measurements into results with their uncertainty'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "vm" -d 'Virtual metrology: predict a measurement from process data, with its skill beside baselines'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "r2r" -d 'Run-to-run control: what a controller costs, gains and hides'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "history" -d 'List what ran, read back its parameters, results and alerts, label it, and prove it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "alerts" -d 'List, acknowledge and resolve alerts, whichever command raised them'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "models" -d 'List models, put one into production, or take it back'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "config" -d 'Print every configuration value and where it came from'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "man" -d 'Print the manual page, or write those of all commands into a folder'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "supervise" -d 'Simulate tickets from standard input; started by `libchar run` and `libchar tune`'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from init adopt gen run ext srt bkp usr flow tune lib check report diff watch spc diffuse litho-predict metro vm r2r history alerts models config man completions supervise help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "list" -d 'List the sets, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "verify" -d 'Hold sets to their manifests and name each difference; exit 1 if there is one'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "restore" -d 'Copy the files of a set into a new folder'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "prune" -d 'Remove all sets that are older than the newest ones that verify; exit 1 if one of those does not'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "drill" -d 'Restore a set to a temporary place, verify it, and tell how long that took'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from bkp" -f -a "copy" -d 'Copy all sets of a store into another one, which is made if need be and has the same password'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from lib" -f -a "plan" -d 'Tell cells, arcs, tables, simulations and their CPU time, and simulate nothing'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from lib" -f -a "check" -d 'Check Liberty files: syntax, units, tables, arcs, functions; exit 1 on a finding'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "chart" -d 'Chart a measured column and flag what does not look like chance'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "limits" -d 'Compute limits from a stable period and freeze them as a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "watch" -d 'Judge each row as it arrives, against a baseline'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "capability" -d 'Compare the spread of a process with its specification'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "gage" -d 'Study a measurement system: repeatability and reproducibility, bias, linearity, stability'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "components" -d 'Split the variance of nested data: lot, wafer in lot, site in wafer'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "tolerance" -d 'Bound a share of the process with stated confidence: statistical tolerance intervals'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "rules" -d 'List rules: what each looks for, and how often chance alone completes it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "arl" -d 'Compute average run lengths, or the design that has one'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "oc" -d 'Print the operating characteristic of a chart of means'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "drift" -d 'Find any kind of change in a series: level, spread, correlation, cycles, outliers'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "bench-drift" -d 'Measure what the drift detector finds, how fast, and how often it is wrong'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "features" -d 'Compute the 29 furnace features of every run from its trace'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "health" -d 'Score each run of a tool against its healthy runs, and name the features that differ'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "forecast" -d 'Forecast a failure: answer a maintenance request, or fit and judge the model behind it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "run" -d 'Run a recipe'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "rs" -d 'Sheet resistance of a depth profile'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "oxide" -d 'Grow thermal oxide alone: Deal and Grove with Massoud\'s thin-oxide rate'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "closed" -d 'Closed solutions for a constant diffusivity: erfc, Gaussian, two-step, implant, thermal budget'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "resistivity" -d 'Print mobility and resistivity of uniformly doped silicon at 300 K by every mobility model'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "uniformity" -d 'Run a recipe at every site of a temperature and flow map: sigma over mean of the figures'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "sweep" -d 'Run a recipe over ranges of its fields, one row a run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "solve" -d 'Find the time, temperature or dose that meets a target; all of them where there are several'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "sensitivity" -d 'Print what a change of each input does to the figures: d xj / d T and its kin'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "calibrate" -d 'Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from diffuse" -f -a "check" -d 'Run golden recipes and compare their figures with what they expect; exit 1 on a difference'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "calibrate" -d 'Fit threshold, blur, focus and dose offset, bias and flare to a measured focus-exposure matrix'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "sweep" -d 'Simulate jobs over ranges of fields, or their widths over dose and focus'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "optimise" -d 'Search lens, source and mask bias for the largest common window or the least yield risk of a set of features'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "formula" -d 'Evaluate one closed formula on the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "train" -d 'Train a model on jobs with known results, calibrate its intervals, and register it as a candidate'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "retrain" -d 'Train on the record of jobs, judge against every gate, shadow the model in production; exit 1 if a gate is missed'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "predict" -d 'Predict a job\'s results with intervals, hold them to its constraints, and say whether to run it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "drift" -d 'Compare recent jobs, and results that have arrived, with what the model was trained on; exit 1 if they have drifted'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "models" -d 'List models, put one into production, or take it back'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "shadow" -d 'Let a model predict beside the one in production on jobs with known results, and compare the two'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "alerts" -d 'List, acknowledge and resolve alerts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "jobs" -d 'Submit jobs, follow them, judge those that an engineer must look at, and keep the record of all'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from vm" -f -a "train" -d 'Train models beside baselines, and keep the best one if it has skill'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from vm" -f -a "predict" -d 'Predict runs with intervals, what they rest on, and whether to measure'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from vm" -f -a "forecast" -d 'Forecast the next runs of a series, with intervals and the probability to violate a limit'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "design" -d 'Variance, offset, stability and best weight of a controller, in closed form'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "step" -d 'Read the last runs and write the next recipe, with its reason and bounds'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "trim" -d 'Recommend a trim of a recipe from the slopes of `diffuse sensitivity`'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from r2r" -f -a "simulate" -d 'Simulate what control costs, and what it hides from charts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "search" -d 'List the runs that speak of something: in command, folder, user, parameters, recipe, error, tags or alerts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "show" -d 'Show one run with its parameters, stages, results, alerts, tags and all that decided its results'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "trend" -d 'Follow a measure from run to run, the oldest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "tag" -d 'Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note=\'any text\'; `lot=` takes one off'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "alerts" -d 'List the newest alerts, resolved ones too'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "export" -d 'Write runs with their results: CSV, or JSON lines with all that belongs to a run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "prune" -d 'Let go of old runs; the audit chain tells it'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "verify" -d 'Check that nothing was changed, deleted, inserted or cut off; exit 1 if something was'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from alerts" -f -a "list" -d 'List alerts that are not resolved, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from alerts" -f -a "ack" -d 'Say that somebody looks into an alert'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from alerts" -f -a "resolve" -d 'Settle an alert'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "list" -d 'List all models, newest first'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "show" -d 'Show a model with its evaluation, as JSON'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "promote" -d 'Put a model into production if it passes every gate; exit 1 if it does not'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from models" -f -a "rollback" -d 'Put the predecessor of the model in production back, within 30 days of its retirement'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Check configuration files; exit 1 if programs that one names are not started, 2 if one has a fault'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "example" -d 'Print a configuration file with all keys, as comments'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "node" -d 'Process nodes and the names of their libraries'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "trust" -d 'Obey programs that the configuration files below a folder name, whoever could have written them'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "untrust" -d 'Take the consent for a folder back'
