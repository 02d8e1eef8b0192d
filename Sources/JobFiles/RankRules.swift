package import Documents

/// Validation rules for jobs that several processes train together.
package enum RankRules {
  /// Returns a fault for every key with which the job cannot use several ranks; none for a single rank.
  ///
  /// - `ranks`: The number of processes.
  /// - `origin`: The option or key that asks for them.
  package static func faults(of job: JobFile, ranks: Int, askedBy origin: String) -> [DocumentFault] {
    guard ranks > 1 else { return [] }
    guard job.kind == .train else {
      return [job.fault(\.kind, "is predict, and a prediction runs in one process; remove \(origin)")]
    }
    // Rank 0 trains alone, with any settings of one process.
    if job.singleNodeMode { return [] }
    return job.spreadsModels ? spreadFaults(of: job) : engineFaults(of: job, origin) + copyFaults(of: job, ranks: ranks)
  }

  /// Returns a fault for every key with which the job cannot use the tasks that a launcher has started as its ranks.
  package static func faults(of job: JobFile, tasks: Int, of launcher: String) -> [DocumentFault] {
    guard job.rankCount == 1 || job.rankCount == tasks else {
      return [
        job.fault(
          job.nodes > 1 ? \.nodes : \.ranksPerNode,
          "asks for \(job.rankCount) processes, but \(launcher) has started \(tasks) tasks, which are the ranks; start "
            + "\(job.rankCount) tasks, or remove it")
      ]
    }
    return faults(of: job, ranks: tasks, askedBy: "the \(tasks) tasks of \(launcher)")
  }

  /// Returns the faults of the keys of a job that ask for several ranks.
  static func faults(of job: JobFile) -> [DocumentFault] {
    var faults = faults(of: job, ranks: job.rankCount, askedBy: job.nodes > 1 ? "nodes" : "ranks_per_node")
    if job.fewestNodes > job.nodes {
      faults.append(
        job.fault(
          \.minNodes, "is \(job.fewestNodes), more than nodes, which is \(job.nodes); lower it, or raise nodes"))
    }
    if job.rankCount > maximumRanks {
      faults.append(
        job.fault(
          \.ranksPerNode,
          "and nodes ask for \(job.rankCount) processes, more than \(maximumRanks); lower one of them"))
    }
    return faults
  }

  /// The largest number of ranks, each with a copy of the network.
  private static let maximumRanks = 1000

  /// The faults of keys that choose an engine whose networks cannot be averaged.
  ///
  /// Ranks that train whole models, each as one process would, support all of them.
  private static func engineFaults(of job: JobFile, _ origin: String) -> [DocumentFault] {
    // A grid can be spread by one more key.
    let remedy = "remove \(origin)" + (job.isGrid ? ", or set grid.parallelism: auto" : "")
    var faults: [DocumentFault] = []
    if job.followsH2O {
      faults.append(
        job.fault(
          \.compatibility, "\(job.compatibility.rawValue) trains in one process; remove it, or \(remedy)"))
    }
    if job.sparsityBeta > 0 {
      faults.append(job.fault(\.sparsityBeta, "supports one rank only; set it to 0, or \(remedy)"))
    }
    if job.unlockedTraining {
      faults.append(
        job.fault(\.unlockedTraining, "cannot be combined with several ranks; remove it, or \(remedy)"))
    }
    return faults
  }

  /// The faults of keys about the copies of a network.
  private static func copyFaults(of job: JobFile, ranks: Int) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if job.isGiven(\.trainingShards), job.trainingShards < ranks {
      faults.append(
        job.fault(
          \.trainingShards,
          "is \(job.trainingShards), but each of the \(ranks) ranks trains at least one copy; use at most "
            + "\(job.trainingShards) ranks, or raise it"))
    }
    if job.isGiven(\.targetRatioCommToComp), job.reproducible || job.trainSamplesPerIteration != -2 {
      faults.append(
        job.fault(
          \.targetRatioCommToComp,
          "has no effect with reproducible and with train_samples_per_iteration, which fix the rows between two "
            + "averages; remove it, or remove them"))
    }
    return faults
  }

  /// The faults of keys that ranks that train whole models do not obey.
  private static func spreadFaults(of job: JobFile) -> [DocumentFault] {
    guard !job.replicateTrainingData else { return [] }
    return [
      job.fault(
        \.replicateTrainingData,
        "must be true for several ranks that train whole models, for which each has the table; remove it")
    ]
  }
}
