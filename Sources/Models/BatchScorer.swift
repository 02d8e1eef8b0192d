internal import DataFrames
internal import DeepLearning
internal import Threads

/// Predicts many rows in parallel; the results do not depend on the number of threads.
struct BatchScorer {
  /// The number of rows that justifies another thread.
  private static let minimumRowsPerThread = 256

  let model: Model
  let threads: Int
  /// Called regularly while rows are scored.
  let heartbeat: @Sendable () -> Void

  /// Returns the outputs for `selection`, row-major [selected rows x outputs].
  ///
  /// Outputs are probabilities, or predictions in the units of the response.
  func predict(_ rows: EncodedRows, selection: [Int]) -> [Double] {
    guard model.ensemble != nil else { return predict(rows, selection, with: model.rules.network.arithmetic.scorer) }
    var mean = [Double](repeating: 0, count: selection.count * model.topology.outputs)
    for (share, network) in model.networks {
      let outputs = BatchScorer(model: network, threads: threads, heartbeat: heartbeat).predict(
        rows, selection: selection)
      for index in mean.indices { mean[index] += share * outputs[index] }
    }
    return mean
  }

  private func predict<Scorer: NetworkScorer>(
    _ rows: EncodedRows, _ selection: [Int], with type: Scorer.Type
  ) -> [Double] {
    let outputs = model.topology.outputs
    let shards = max(1, min(threads, selection.count / Self.minimumRowsPerThread))
    let shardRows = (selection.count + shards - 1) / shards
    return [Double](unsafeUninitializedCapacity: selection.count * outputs) { buffer, filled in
      buffer.initialize(repeating: 0)
      nonisolated(unsafe) let results = buffer
      ParallelLoop.run(shards, threads: shards) { shard in
        let range = min(shard * shardRows, selection.count)..<min((shard + 1) * shardRows, selection.count)
        let slice = UnsafeMutableBufferPointer(
          rebasing: results[range.lowerBound * outputs..<range.upperBound * outputs])
        predict(rows, selection[range], with: type, into: slice)
      }
      filled = selection.count * outputs
    }
  }

  private func predict<Scorer: NetworkScorer>(
    _ rows: EncodedRows, _ selection: ArraySlice<Int>, with type: Scorer.Type,
    into results: UnsafeMutableBufferPointer<Double>
  ) {
    var scorer = Scorer(
      topology: model.topology, objective: model.objective, dropout: model.dropout, state: model.state)
    let cursor = RowCursor<Scorer.Scalar>(rows, expands: !scorer.takesSparseRows)
    let outputs = model.topology.outputs
    let offsets = OffsetRule(model.encoding.response, meaning: model.rules.tables.offsets)
    for start in stride(from: 0, to: selection.count, by: scorer.capacity) {
      heartbeat()
      let block = selection.dropFirst(start).prefix(scorer.capacity)
      for row in block {
        cursor.move(to: row)
        scorer.append(Self.input(cursor))
      }
      let slice = UnsafeMutableBufferPointer(
        rebasing: results[start * outputs..<(start + block.count) * outputs])
      scorer.predict(into: slice)
      for (index, row) in block.enumerated() {
        let result = UnsafeMutableBufferPointer(rebasing: slice[index * outputs..<(index + 1) * outputs])
        if let correction = model.classCorrection { Self.correct(result, by: correction) }
        if case .regression = model.objective {
          let offset = rows.offsets.map { offsets.outputOffset($0[row]) } ?? 0
          result[0] = model.responseValue(result[0] + offset)
        }
      }
    }
  }

  private static func input<Scalar>(_ cursor: RowCursor<Scalar>) -> NetworkInput<Scalar> {
    NetworkInput(
      activeUnits: cursor.activeUnits, numerics: cursor.numerics,
      sparse: cursor.sparse.map { SparseNumerics(inputs: $0.inputs, values: $0.values) })
  }

  /// Returns the outputs of a hidden layer for all rows, row-major [rows x units].
  func activations(_ rows: EncodedRows, layer: Int) -> [Double] {
    activations(rows, layer: layer, with: model.rules.network.arithmetic.scorer)
  }

  private func activations<Scorer: NetworkScorer>(
    _ rows: EncodedRows, layer: Int, with type: Scorer.Type
  ) -> [Double] {
    var scorer = Scorer(
      topology: model.topology, objective: model.objective, dropout: model.dropout, state: model.state)
    let cursor = RowCursor<Scorer.Scalar>(rows, expands: !scorer.takesSparseRows)
    var outputs = [Double](repeating: 0, count: model.topology.outputs)
    return (0..<rows.rowCount).flatMap { row in
      cursor.move(to: row)
      outputs.withUnsafeMutableBufferPointer {
        scorer.predict(Self.input(cursor), into: $0)
      }
      return scorer.activations(ofHiddenLayer: layer)
    }
  }

  /// Corrects the probabilities of a model of balanced classes to the class frequencies of the original table.
  private static func correct(_ probabilities: UnsafeMutableBufferPointer<Double>, by factors: [Double]) {
    var sum = 0.0
    for index in probabilities.indices {
      probabilities[index] *= factors[index]
      sum += probabilities[index]
    }
    guard sum > 0 else { return }
    for index in probabilities.indices { probabilities[index] /= sum }
  }
}
