extension JobFile {
  /// The number of processes that train the job together: one with `single_node_mode`, whatever the other keys say.
  package var rankCount: Int { self.singleNodeMode ? 1 : self.nodes * self.ranksPerNode }

  /// Whether several ranks train different models of the job, each rank whole ones, and no copies of one model.
  ///
  /// The main model after cross-validation is an exception: copies that the job asks for are shared.
  package var spreadsModels: Bool { isCrossValidated || (isGrid && self.gridParallelism != .models(1)) }

  /// Returns whether each of so many ranks keeps only the rows of its copies, so that none needs memory for a whole table.
  package func keepsRowsApart(ranks: Int) -> Bool { ranks > 1 && !self.replicateTrainingData && !spreadsModels }

  /// Removes what belongs to the whole job, not to one of its models.
  package mutating func leaveRanks() {
    withdraw(\.nodes)
    withdraw(\.ranksPerNode)
    withdraw(\.minNodes)
  }

  /// The number of machines below which the job does not run.
  package var fewestNodes: Int { self.minNodes ?? self.nodes }
}
