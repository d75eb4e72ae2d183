# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_libchar_global_optspecs
    string join \n C/directory= format= env= history= metrics= depfile= log-format= q/quiet v/verbose exit-zero wait h/help V/version
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
complete -c libchar -n "__fish_libchar_needs_command" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_needs_command" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_needs_command" -s V -l version -d 'Print version'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "spc" -d 'Watch a process: control charts, rules, capability, drift, tool health'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "flow" -d 'Run a chain of stages: gen, run, ext, srt, bkp, and usr where a script is configured'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "litho-predict" -d 'Simulate and predict lithography: image, process window, trade-offs of a job'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "history" -d 'List what ran, and read back its parameters, results and alerts'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "config" -d 'Print every configuration value and where it came from'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "man" -d 'Print the manual page, or write those of all commands into a folder'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c libchar -n "__fish_libchar_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and not __fish_seen_subcommand_from constants help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from constants" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand spc; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s j -l jobs -d 'Simulations at the same time [default: run.jobs, else the cores]' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand flow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -f -a "formula" -d 'Evaluate one closed formula on the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and not __fish_seen_subcommand_from simulate formula help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s s -l set -d 'Set a field of every job; without JOBS the fields make one job' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from simulate" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from formula" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "formula" -d 'Evaluate one closed formula on the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand litho-predict; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -f -a "show" -d 'Show one run with its parameters, stages and results'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -f -a "alerts" -d 'List the newest alerts'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -f -a "verify" -d 'Check that no recorded run was changed afterwards; exit 1 if one was'
complete -c libchar -n "__fish_libchar_using_subcommand history; and not __fish_seen_subcommand_from list show results stats alerts verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s n -l limit -d 'How many' -r
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -l recipe -d 'Print only the recipe that makes the run repeatable'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more'
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from results" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one run with its parameters, stages and results'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "alerts" -d 'List the newest alerts'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that no recorded run was changed afterwards; exit 1 if one was'
complete -c libchar -n "__fish_libchar_using_subcommand history; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand config" -s C -l directory -d 'Work in this folder, as if started there' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config" -l format -d 'How results are written [default: table on a terminal, csv in a pipe]' -r -f -a "table\t'Aligned columns for people'
csv\t'CSV with a header'
json\t'One JSON document with its schema'
jsonl\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config" -l env -d 'Use the [env.NAME] overrides of the configuration' -r
complete -c libchar -n "__fish_libchar_using_subcommand config" -l history -d 'Record the run in this database' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config" -l metrics -d 'Write metrics in Prometheus text format after the run' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config" -l depfile -d 'List the files that were read, as a make rule' -r -F
complete -c libchar -n "__fish_libchar_using_subcommand config" -l log-format -d 'How messages are written on stderr' -r -f -a "human\t'For people'
json\t'One JSON object a line'"
complete -c libchar -n "__fish_libchar_using_subcommand config" -l keys -d 'Print all keys with their defaults and meaning instead'
complete -c libchar -n "__fish_libchar_using_subcommand config" -s q -l quiet -d 'Say only what went wrong'
complete -c libchar -n "__fish_libchar_using_subcommand config" -s v -l verbose -d 'Say more'
complete -c libchar -n "__fish_libchar_using_subcommand config" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand config" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l exit-zero -d 'Exit 0 where findings would give 1'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -l wait -d 'Wait for another libchar that works in the same folder'
complete -c libchar -n "__fish_libchar_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "spc" -d 'Watch a process: control charts, rules, capability, drift, tool health'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "flow" -d 'Run a chain of stages: gen, run, ext, srt, bkp, and usr where a script is configured'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "litho-predict" -d 'Simulate and predict lithography: image, process window, trade-offs of a job'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "history" -d 'List what ran, and read back its parameters, results and alerts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "config" -d 'Print every configuration value and where it came from'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "man" -d 'Print the manual page, or write those of all commands into a folder'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c libchar -n "__fish_libchar_using_subcommand help; and not __fish_seen_subcommand_from spc flow litho-predict history config man completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from spc" -f -a "constants" -d 'Print control-chart constants for subgroups of n values'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "simulate" -d 'Compute image, process window, mask error, noise and yield of lithography jobs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from litho-predict" -f -a "formula" -d 'Evaluate one closed formula on the inputs of a JSON object'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "list" -d 'List the newest runs'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "show" -d 'Show one run with its parameters, stages and results'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "results" -d 'Print the results of a run'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "stats" -d 'Count runs by command and status'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "alerts" -d 'List the newest alerts'
complete -c libchar -n "__fish_libchar_using_subcommand help; and __fish_seen_subcommand_from history" -f -a "verify" -d 'Check that no recorded run was changed afterwards; exit 1 if one was'
