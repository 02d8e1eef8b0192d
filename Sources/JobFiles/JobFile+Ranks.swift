extension JobFile {
  /// The number of processes that train the job together.
  package var rankCount: Int { self.nodes * self.ranksPerNode }

  /// The number of machines below which the job does not run.
  package var fewestNodes: Int { self.minNodes ?? self.nodes }
}
