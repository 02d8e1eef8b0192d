internal import FoundationEssentials
internal import Glibc
internal import Wording

/// The operating system and the processors of this machine, in words.
enum MachineSystem {
  private static let processorFile = "/proc/cpuinfo"

  /// A text such as `Linux 6.1.0-18-amd64 x86_64, Intel(R) Xeon(R) Gold 6248, 16 processors`.
  static let current: String = {
    let count = NumberText.count(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), "processor")
    return ([kernel, processor(in: processorText)].compactMap { $0 } + [count]).joined(separator: ", ")
  }()

  private static var kernel: String? {
    var names = utsname()
    guard uname(&names) == 0 else { return nil }
    func text<Field>(_ field: Field) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))"
  }

  /// Files of the kernel report a size of 0, so this one is read as text of unknown length.
  private static var processorText: String { (try? String(contentsOfFile: processorFile, encoding: .utf8)) ?? "" }

  /// Returns the name of the first processor; nil if the kernel gives none, as on some ARM machines.
  static func processor(in text: String) -> String? {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].hasPrefix("model name") else { continue }
      return parts[1].split(separator: " ").joined(separator: " ")
    }
    return nil
  }
}
