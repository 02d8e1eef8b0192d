package import DeepLearning

/// Further networks of a model, whose predictions are averaged with those of its own network.
///
/// All networks read the same inputs, so that a row is encoded once. What is averaged are probabilities, or numbers in the
/// units of the response.
package struct Ensemble: Sendable, Equatable {
  /// One of the further networks.
  package struct Member: Sendable, Equatable {
    package let name: String
    /// The share of its predictions.
    package let share: Double
    package let topology: NetworkTopology
    package let dropout: Dropout
    package let state: NetworkState
    /// The rule that trained it, which determines the arrays of its state.
    package let rule: UpdateRule

    package init(
      name: String, share: Double, topology: NetworkTopology, dropout: Dropout, state: NetworkState, rule: UpdateRule
    ) {
      self.name = name
      self.share = share
      self.topology = topology
      self.dropout = dropout
      self.state = state
      self.rule = rule
    }
  }

  /// The name of the model whose network is the model's own.
  package let ownName: String
  /// The share of that network; all shares sum to 1.
  package let ownShare: Double
  package let members: [Member]

  package init(ownName: String, ownShare: Double, members: [Member]) {
    self.ownName = ownName
    self.ownShare = ownShare
    self.members = members
  }

  /// The number of networks, the model's own included.
  package var networkCount: Int { members.count + 1 }

  /// The names of all networks with their shares, the model's own first.
  package var shares: [(name: String, share: Double)] {
    [(ownName, ownShare)] + members.map { ($0.name, $0.share) }
  }
}

extension Model {
  /// Returns the mean of models with shares that sum to 1; the first one lends its decision threshold.
  ///
  /// All of them must be able to join the first (``canJoin(_:)``).
  package static func mean(of parts: [(file: ModelFile, share: Double)]) -> Model {
    guard let first = parts.first else { preconditionFailure("a mean needs at least one model") }
    precondition(parts.allSatisfy { first.file.model.canJoin($0.file.model) }, "the models read different inputs")
    var model = first.file.model
    guard parts.count > 1 else { return model }
    model.ensemble = Ensemble(
      ownName: first.file.name, ownShare: first.share,
      members: parts.dropFirst().map { file, share in
        .init(
          name: file.name, share: share, topology: file.model.topology, dropout: file.model.dropout,
          state: file.model.state, rule: file.rule)
      })
    return model
  }

  /// Returns whether the mean of both models is defined: they read the same inputs and predict the same response.
  package func canJoin(_ other: Model) -> Bool {
    encoding == other.encoding && objective == other.objective && rules == other.rules
      && classCorrection == other.classCorrection && huberAlpha == other.huberAlpha && objective.reconstructed == nil
      && ensemble == nil && other.ensemble == nil
  }

  /// The networks, each as a model of its own, with their shares; one network with a share of 1 without an ensemble.
  package var networks: [(share: Double, model: Model)] {
    guard let ensemble else { return [(1, self)] }
    var own = self
    own.ensemble = nil
    return [(ensemble.ownShare, own)]
      + ensemble.members.map { member in
        let network = Model(
          topology: member.topology, objective: objective, dropout: member.dropout, encoding: encoding, rules: rules,
          notation: notation, classCorrection: classCorrection, state: member.state, huberAlpha: huberAlpha,
          defaultThreshold: defaultThreshold)
        return (member.share, network)
      }
  }

  /// The weights and biases of all networks.
  package var parameterCount: Int {
    topology.parameterCount + (ensemble?.members.reduce(0) { $0 + $1.topology.parameterCount } ?? 0)
  }
}
