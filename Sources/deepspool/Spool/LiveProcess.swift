internal import DurableFiles
internal import Glibc

/// What the process of a running job has used so far, as proc(5) tells every user of the machine.
struct LiveProcess {
  /// User and system time on all processors.
  let cpuSeconds: Double
  /// The peak resident memory.
  let peakMemoryBytes: Int

  private static let maximumBytes = 1 << 16

  /// Finds the process by the lock that it holds on the folder of the job; nil if no process that can be seen holds it.
  init?(ofJobIn folder: String) {
    guard let processID = FileLock.holder(of: "\(folder)/\(JobFolderLayout.lockFile)") else { return nil }
    guard let ticks = Self.text("/proc/\(processID)/stat").flatMap(Self.ticks) else { return nil }
    cpuSeconds = Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    peakMemoryBytes = Self.text("/proc/\(processID)/status").flatMap(Self.peakBytes) ?? 0
  }

  /// Returns user and system time in clock ticks: the 14th and 15th field of `/proc/PID/stat`.
  private static func ticks(_ text: String) -> Int? {
    // The second field is the name of the program in parentheses, which may hold blanks and parentheses.
    guard let name = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
    return user + system
  }

  /// Returns the size in a line such as `VmHWM:     5120 kB`.
  private static func peakBytes(_ text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      .flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Int($0) }.map { $0 << 10 }
  }

  /// Files of the kernel report a size of 0.
  private static func text(_ path: String) -> String? {
    guard let stream = fopen(path, "re") else { return nil }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: maximumBytes)
    let count = fread(&bytes, 1, bytes.count, stream)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
