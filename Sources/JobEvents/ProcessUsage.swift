/// What a job's process took, as the kernel counted it.
package struct ProcessUsage: Sendable, Equatable, Codable {
  /// Of all processors together, user and system.
  package let cpuSeconds: Double
  /// The most memory that was resident at once.
  package let peakMemoryBytes: Int

  package init(cpuSeconds: Double, peakMemoryBytes: Int) {
    self.cpuSeconds = cpuSeconds
    self.peakMemoryBytes = peakMemoryBytes
  }
}
