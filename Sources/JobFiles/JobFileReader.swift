internal import Wording

/// Turns the text of a job file into a ``JobFile``, or into all of its faults at once.
package enum JobFileReader {
  /// Reads and checks one job file.
  ///
  /// Checked here: syntax, known keys, types, ranges, and the rules between parameters that need no data. What needs
  /// the data is checked by the training plan.
  ///
  /// - `bytes`: The file's content.
  /// - `file`: The name that messages carry.
  /// Throws ``JobFileError`` with every fault found.
  package static func read(_ bytes: [UInt8], file: String) throws(JobFileError) -> JobFile {
    guard let root = try DocumentReader.read(bytes, file: file) else {
      throw JobFileError([
        JobFileFault(
          at: SourceLocation(file: file, line: 1, column: 1),
          "the file is empty; a job needs at least training_frame and response_column")
      ])
    }
    guard case .mapping(let entries) = root.content else {
      throw JobFileError([JobFileFault(at: root.location, "a job is a list of 'key: value' lines, found \(root.shape)")]
      )
    }
    var reading = Reading(job: JobFile(file: file))
    reading.take(entries, prefix: "")
    reading.faults += ParameterRules.faults(of: reading.job)
    guard reading.faults.isEmpty else { throw JobFileError(reading.faults) }
    return reading.job
  }

  private struct Reading {
    var job: JobFile
    var faults: [JobFileFault] = []
    private let catalogue = ParameterCatalogue.shared

    init(job: JobFile) { self.job = job }

    mutating func take(_ entries: [(key: DocumentKey, value: DocumentNode)], prefix: String) {
      for (key, node) in entries {
        let name = prefix + key.name
        if ["job", "grid", "grid.search_criteria"].contains(name) {
          if !node.isNull { takeBlock(node, name: name) }
        } else if name == "grid.hyper_params" {
          takeHyperParameters(node)
        } else if let row = catalogue.row(named: name) {
          take(node, for: row, key: key)
        } else {
          faults.append(JobFileFault(at: key.location, unknown(name, prefix: prefix)))
        }
      }
    }

    private mutating func takeBlock(_ node: DocumentNode, name: String) {
      guard case .mapping(let entries) = node.content else {
        faults.append(JobFileFault(at: node.location, "\(name) must be a block of keys, found \(node.shape)"))
        return
      }
      take(entries, prefix: "\(name).")
    }

    /// Each dimension is a list of values of its parameter.
    private mutating func takeHyperParameters(_ node: DocumentNode) {
      guard case .mapping(let entries) = node.content, !entries.isEmpty else {
        faults.append(
          JobFileFault(at: node.location, "grid.hyper_params must be a block of parameters, each with a list of values")
        )
        return
      }
      for (key, node) in entries {
        guard let row = catalogue.row(named: key.name), HyperParameter.isSearchable(row) else {
          let known = catalogue.allRows.filter(HyperParameter.isSearchable).map(\.key)
          let hint = NearestWord.find(key.name, among: known).map { " (did you mean '\($0)'?)" } ?? ""
          faults.append(
            JobFileFault(at: key.location, "'\(key.name.prefix(80))' is nothing that a grid can vary\(hint)"))
          continue
        }
        guard case .sequence(let nodes) = node.content, !nodes.isEmpty else {
          faults.append(
            JobFileFault(at: node.location, "grid.hyper_params.\(key.name) must be a list of at least one value"))
          continue
        }
        var values: [any ParameterValue] = []
        for node in nodes {
          do throws(ValueFault) { values.append(try row.parse(node)) } catch {
            faults.append(JobFileFault(at: error.location, "grid.hyper_params.\(key.name): \(error.message)"))
          }
        }
        job.hyperParameters.append(HyperParameter(key: key.name, values: values, location: node.location))
      }
    }

    private mutating func take(_ node: DocumentNode, for row: any ParameterRow, key: DocumentKey) {
      guard !node.isNull else { return }
      do throws(ValueFault) {
        let value = try row.parse(node)
        job.give(value, to: row.key, at: node.location)
      } catch {
        faults.append(JobFileFault(at: error.location, "\(row.key): \(error.message)"))
      }
    }

    private func unknown(_ name: String, prefix: String) -> String {
      let known = catalogue.allRows.map(\.key).filter { prefix.isEmpty ? !$0.contains(".") : $0.hasPrefix(prefix) }
      let blocks =
        prefix.isEmpty ? ["job", "grid"] : prefix == "grid." ? ["grid.hyper_params", "grid.search_criteria"] : []
      guard let nearest = NearestWord.find(name, among: known + blocks) else {
        return "unknown key '\(name.prefix(80))'; `deepspool explain` lists the known ones"
      }
      return "unknown key '\(name)' (did you mean '\(nearest)'?)"
    }
  }
}
