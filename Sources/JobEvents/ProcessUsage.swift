/// The resource usage of a worker process, as counted by the kernel.
package struct ProcessUsage: Sendable, Equatable, Codable {
  /// User and system time on all processors.
  package let cpuSeconds: Double
  /// The peak resident memory.
  package let peakMemoryBytes: Int

  package init(cpuSeconds: Double, peakMemoryBytes: Int) {
    self.cpuSeconds = cpuSeconds
    self.peakMemoryBytes = peakMemoryBytes
  }
}
