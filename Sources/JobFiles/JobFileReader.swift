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
    let root = try DocumentReader.read(bytes, file: file)
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
        if name == "job" {
          if !node.isNull { takeSchedulingBlock(node) }
        } else if let row = catalogue.row(named: name) {
          take(node, for: row, key: key)
        } else {
          faults.append(JobFileFault(at: key.location, unknown(name, prefix: prefix)))
        }
      }
    }

    private mutating func takeSchedulingBlock(_ node: DocumentNode) {
      guard case .mapping(let entries) = node.content else {
        faults.append(JobFileFault(at: node.location, "job must be a block of keys such as {priority: 10}"))
        return
      }
      take(entries, prefix: "job.")
    }

    private mutating func take(_ node: DocumentNode, for row: any ParameterRow, key: DocumentKey) {
      guard !node.isNull else { return }
      do throws(ValueFault) {
        let value = try row.parse(node)
        guard row.support == .effective || value.text == row.defaultText else {
          faults.append(
            JobFileFault(
              at: key.location, "\(row.key) is not supported yet; remove it or leave it at \(row.defaultText)"))
          return
        }
        job.give(value, to: row.key, at: node.location)
      } catch {
        faults.append(JobFileFault(at: error.location, "\(row.key): \(error.message)"))
      }
    }

    private func unknown(_ name: String, prefix: String) -> String {
      let known = catalogue.allRows.map(\.key).filter { prefix.isEmpty ? !$0.hasPrefix("job.") : $0.hasPrefix(prefix) }
      guard let nearest = NearestKey.find(name, among: known + (prefix.isEmpty ? ["job"] : [])) else {
        return "unknown key '\(name.prefix(80))'; `deepspool explain` lists the known ones"
      }
      return "unknown key '\(name)' (did you mean '\(nearest)'?)"
    }
  }
}
