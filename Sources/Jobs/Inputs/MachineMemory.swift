internal import DurableFiles
internal import FoundationEssentials

/// How much memory there is for jobs.
package enum MachineMemory {
  /// The rest is for the system and for what the daemon itself needs.
  private static let shareForJobs = 0.8
  private static let controlGroups = "/sys/fs/cgroup"

  /// Bytes that jobs may need together where nobody says otherwise: four fifths of what the machine has, or of what
  /// the service may have (MemoryMax= of systemd, or a container's limit).
  package static var forJobs: Int {
    let machine = Double(ProcessInfo.processInfo.physicalMemory)
    return Int(shareForJobs * min(machine, serviceLimit ?? .infinity))
  }

  /// The lowest limit of the control groups that this process is in.
  private static var serviceLimit: Double? {
    // The files of the kernel have no size of their own.
    func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
    guard let line = text("/proc/self/cgroup")?.split(separator: "\n").first(where: { $0.hasPrefix("0::") }) else {
      return nil
    }
    var path = String(line.dropFirst(3))
    var limits: [Double] = []
    while true {
      if let limit = text("\(controlGroups)\(path)/memory.max").flatMap({ Double($0.trimmed) }) { limits.append(limit) }
      guard path.count > 1 else { return limits.min() }
      path = Paths.folder(of: path)
    }
  }
}

extension String {
  /// Without the line end.
  fileprivate var trimmed: Substring { prefix { !$0.isNewline } }
}
