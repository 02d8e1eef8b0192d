import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// The completions of real shells; a shell that is not installed is skipped.
@Suite("Completions", .serialized)
struct CompletionTests {
  private let folder = NSTemporaryDirectory() + "completions-\(UUID().uuidString)"

  /// Asks a shell for the completions of a command line.
  struct Shell: CustomTestStringConvertible {
    let name: String
    /// The shell that runs the commands.
    let runner: String
    /// The commands, with @SCRIPT@ for the completion script and @LINE@ for the command line.
    let commands: String

    var testDescription: String { name }
    var isInstalled: Bool { Self.path(of: name) != nil && Self.path(of: runner) != nil }

    static func path(of name: String) -> String? {
      ["/bin/\(name)", "/usr/bin/\(name)"].first { FileSystem().exists($0) }
    }
  }

  /// Types the command line into an interactive shell and prints what its terminal shows.
  private static let typing = """
    zpty -r -m shell line '*ready*'
    zpty -w -n shell $'@LINE@\\t\\t'
    quiet=0
    while (( quiet < 12 )); do
      if zpty -r -t shell line; then print -rn -- "$line"; quiet=0; else sleep 0.25; (( quiet++ )); fi
    done
    """

  private static let shells = [
    Shell(
      name: "bash", runner: "bash",
      commands: """
        source @SCRIPT@
        COMP_LINE='@LINE@'; COMP_POINT=${#COMP_LINE}; COMP_KEY=9; COMP_TYPE=9
        read -ra COMP_WORDS <<<"$COMP_LINE"
        [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        compopt() { :; }
        function=$(complete -p deepspool | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function deepspool "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """),
    Shell(
      name: "zsh", runner: "zsh",
      commands: """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PS1= ; COLUMNS=200; LISTMAX=1000; stty -echo; unsetopt zle_bracketed_paste"
        zpty -w shell "autoload -U compinit && compinit -u -D; setopt auto_list"
        zpty -w shell "source @SCRIPT@; compdef _deepspool deepspool; echo rea''dy"
        \(typing)
        """),
    // The terminal comes from zsh.
    Shell(
      name: "fish", runner: "zsh",
      commands: """
        zmodload zsh/zpty
        zpty shell env TERM=xterm COLUMNS=200 fish -i --private
        zpty -w shell "source @SCRIPT@; function fish_prompt; end; echo rea''dy"
        \(typing)
        """),
  ]

  private func completions(_ shell: Shell, _ line: String) throws -> String? {
    guard shell.isInstalled, let path = Shell.path(of: shell.runner) else {
      print("skipped: needs \(shell.name) and \(shell.runner)")
      return nil
    }
    try FileSystem().makeFolder(folder)
    let script = try Programs.deepspool(["--generate-completion-script", shell.name])
    #expect(script.status == 0)
    try FileSystem().write(script.output.utf8, to: "\(folder)/script")
    let commands = shell.commands.replacing("@SCRIPT@", with: "\(folder)/script").replacing("@LINE@", with: line)
    try FileSystem().write((commands + "\n").utf8, to: "\(folder)/commands")
    let run = try Programs.run(
      "/usr/bin/env", ["PATH=\(Programs.folder):/usr/bin:/bin", "HOME=\(folder)", path, "\(folder)/commands"])
    // What is unique is inserted into the line, between escapes that move the cursor and change colours.
    let text = run.output.replacing(#/\x1B(\[[0-9;?]*[a-zA-Z]|\(B)/#, with: "")
    return String(text.unicodeScalars.filter { $0 == "\n" || $0.value >= 32 }.map(Character.init))
  }

  @Test("subcommands, options and their values are offered", arguments: shells)
  func words(_ shell: Shell) throws {
    defer { try? FileSystem().removeTree(folder) }
    for (line, expected) in [
      ("deepspool hi", ["history"]), ("deepspool c", ["cancel", "check", "compare"]),
      ("deepspool submit --h", ["--hold"]), ("deepspool list --state fa", ["failed"]),
      ("deepspool export --format ", ["mojo", "onnx"]), ("deepspool explain rh", ["rho"]),
    ] {
      guard let found = try completions(shell, line) else { return }
      for word in expected { #expect(found.contains(word), "\(shell.name) '\(line)': \(found)") }
      #expect(!found.contains("rerun"), "\(shell.name) '\(line)': \(found)")
    }
  }

  @Test("jobs of the spool are offered, for orders those to which the order applies", arguments: shells)
  func jobs(_ shell: Shell) throws {
    defer { try? FileSystem().removeTree(folder) }
    let spool = SpoolLayout(root: "\(folder)-spool")
    try SpoolDirectory(spool, fileSystem: FileSystem()).create()
    defer { try? FileSystem().removeTree(spool.root) }
    for number in [1, 2] {
      try FileSystem().makeFolder(spool.folder(JobIdentifier(number: number, name: "job"), in: .queued))
    }
    try FileSystem().makeFolder(spool.folder(JobIdentifier(number: 3, name: "old"), in: .finished))
    guard let found = try completions(shell, "deepspool cancel --spool \(spool.root) 0") else { return }
    #expect(found.contains("000001-job") && found.contains("000002-job"), "\(shell.name): \(found)")
    #expect(!found.contains("000003-old"), "\(shell.name): \(found)")
    let models = try completions(shell, "deepspool predict --spool \(spool.root) --model 0") ?? ""
    #expect(models.contains("000003-old") && !models.contains("000001-job"), "\(shell.name): \(models)")
    let shown = try completions(shell, "deepspool show --spool \(spool.root) 0") ?? ""
    #expect(shown.contains("000001-job") && shown.contains("000003-old"), "\(shell.name): \(shown)")
  }

  @Test("history offers the states of jobs that have ended, and models are files too", arguments: shells)
  func states(_ shell: Shell) throws {
    defer { try? FileSystem().removeTree(folder) }
    guard let states = try completions(shell, "deepspool history --state ") else { return }
    #expect(states.contains("finished") && states.contains("rejected"), "\(shell.name): \(states)")
    #expect(!states.contains("running") && !states.contains("incoming"), "\(shell.name): \(states)")
    try FileSystem().makeFolder("\(folder)/old-result")
    try FileSystem().write([], to: "\(folder)/old.zip")
    let models = try completions(shell, "deepspool predict --model \(folder)/old") ?? ""
    #expect(models.contains("old-result") && models.contains("old.zip"), "\(shell.name): \(models)")
  }

  @Test("orders offer the jobs for which the user may give them")
  func owners() throws {
    let spool = SpoolLayout(root: "\(folder)-spool")
    defer { try? FileSystem().removeTree(spool.root) }
    try SpoolDirectory(spool, fileSystem: FileSystem()).create()
    /// Runs the command line as another user.
    func run(as user: UInt32, _ arguments: [String]) throws -> (output: String, errors: String, status: Int32) {
      let change = ["--reuid", "\(user)", "--regid", "\(user)", "--clear-groups"]
      return try Programs.run(
        "/usr/bin/setpriv",
        change + ["/usr/bin/env", "SAP_SHELL=bash", "\(Programs.folder)/deepspool"] + arguments)
    }
    let (user, other): (UInt32, UInt32) = (61_003, 61_004)
    guard geteuid() == 0, try run(as: user, ["--version"]).status == 0 else {
      return print("skipped: needs root, and programs that every user may run")
    }
    let states = JobState.allCases.map { spool.folder($0) }
    for path in [spool.root, spool.results, spool.rejected] + states {
      try FileSystem().setMode(path, 0o755)
    }
    for (number, owner, state) in [(1, user, JobState.queued), (2, other, .queued), (3, user, .finished)] {
      let job = spool.folder(JobIdentifier(number: number, name: "job"), in: state)
      try FileSystem().makeFolder(job)
      try FileSystem().setMode(job, 0o755)
      try FileSystem().write(#"{"uid": \#(owner), "groups": [\#(owner)]}"#.utf8, to: "\(job)/submitter.json")
      try FileSystem().setMode("\(job)/submitter.json", 0o644)
    }
    func offered(_ order: String, as user: UInt32) throws -> [Substring] {
      let words = ["deepspool", order, "--spool", spool.root, ""]
      return try run(as: user, ["---completion", order, "--", "positional@0", "4", "0"] + words).output
        .split(separator: "\n")
    }
    #expect(try offered("cancel", as: user) == ["000001-job"])
    #expect(try offered("remove", as: user) == ["000003-job"])
    #expect(try offered("cancel", as: 0) == ["000002-job", "000001-job"])
  }
}
