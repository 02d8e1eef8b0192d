internal import Wording

/// Suggestions for words that are no subcommand: typing errors, and what other tools call a command.
package enum CommandSuggestion {
  /// Commands by their names in Slurm, PBS, at, pueue, CUPS, systemd, Docker, Git, scikit-learn, Keras, PyTorch and H2O.
  private static let otherNames: [String: [String]] = [
    "run": ["train", "fit", "start", "exec", "execute", "srun", "learn"],
    "check": ["validate", "lint", "test", "verify", "dry-run"],
    "predict": ["score", "infer", "apply", "transform", "inference"],
    "describe": ["summary", "summarize", "profile", "inspect", "head", "schema", "import"],
    "init": ["new", "create", "template", "generate", "scaffold", "job"],
    "export": ["convert", "mojo", "onnx", "download", "save"],
    "compare": ["diff", "leaderboard", "models"],
    "explain": ["man", "doc", "docs", "params", "parameters", "key", "keys"],
    "submit": ["add", "enqueue", "queue", "push", "put", "sbatch", "qsub", "bsub", "at", "batch", "lp"],
    "list": ["ls", "ps", "jobs", "status", "squeue", "qstat", "bjobs", "atq", "lpq", "top"],
    "show": ["info", "get", "scontrol", "view", "stat"],
    "follow": ["tail", "watch", "attach"],
    "logs": ["log", "journal", "events", "output"],
    "why": ["reason", "blocked"],
    "wait": ["join", "block"],
    "history": ["sacct", "accounting", "usage", "stats", "report"],
    "cancel": ["kill", "stop", "abort", "scancel", "qdel", "bkill", "atrm", "lprm", "terminate", "interrupt"],
    "hold": ["pause", "suspend", "stash", "freeze"],
    "release": ["resume", "continue", "unhold", "unpause", "thaw"],
    "finish": ["end", "complete", "early-stop"],
    "retry": ["requeue", "restart"],
    "rerun": ["again", "repeat", "redo", "resubmit"],
    "priority": ["nice", "renice", "prio", "reprioritize", "switch", "top-priority"],
    "remove": ["rm", "delete", "del", "clean", "purge"],
  ]

  /// Returns the message about a word that is no subcommand.
  ///
  /// - `names`: The subcommands.
  package static func message(for word: String, among names: [String]) -> String {
    let written = word.lowercased()
    let same = otherNames.first { $0.value.contains(written) }?.key
    let nearest = names.contains(written) ? written : same ?? NearestWord.find(written, among: names)
    return "unknown subcommand '\(word.prefix(80))'"
      + (nearest.map { "; did you mean '\($0)'?" } ?? "; the subcommands are \(names.joined(separator: ", "))")
  }
}
