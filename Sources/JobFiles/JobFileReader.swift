package import Documents

/// Parses job files, and reports all faults of a file at once.
package enum JobFileReader {
  /// Reads and checks one job file.
  ///
  /// The checks cover syntax, known keys, types, ranges, and rules between parameters that do not need the data. The
  /// training plan checks the rest. The time is linear in the length of the file, whatever its content.
  ///
  /// - `bytes`: The content of the file.
  /// - `file`: The file name in messages.
  /// Throws ``DocumentError`` with every fault found.
  package static func read(_ bytes: [UInt8], file: String) throws(DocumentError) -> JobFile {
    let (job, faults) = try check(bytes, file: file)
    guard faults.isEmpty else { throw DocumentError(faults) }
    return job
  }

  /// Returns the job with the valid keys of a file, and every fault found.
  ///
  /// Throws ``DocumentError`` for a file that has no keys.
  package static func check(
    _ bytes: [UInt8], file: String
  ) throws(DocumentError) -> (job: JobFile, faults: [DocumentFault]) {
    if let fault = MistakenTable.fault(bytes, file: file) { throw DocumentError([fault]) }
    let (document, faults) = try DocumentReader.check(bytes, file: file)
    guard let root = document else {
      throw DocumentError([
        DocumentFault(
          at: SourceLocation(file: file, line: 1, column: 1),
          "the file is empty; add at least training_frame and response_column")
      ])
    }
    guard case .mapping(let entries) = root.content else {
      throw DocumentError(
        faults + [
          DocumentFault(at: root.location, "expected 'key: value' lines, found \(root.shape)\(advice(root))")
        ])
    }
    var reading = JobFileReading(file: file)
    reading.take(entries, prefix: "")
    reading.applyPreset()
    return (reading.job, faults + reading.faults + ParameterRules.faults(of: reading.job))
  }
}

extension JobFileReader {
  /// Returns advice about a text without keys: YAML needs a blank after a colon.
  fileprivate static func advice(_ root: DocumentNode) -> String {
    guard case .scalar(let text, _) = root.content, let colon = text.firstIndex(of: ":"),
      text[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return "" }
    return "; put a blank after the colon: '\(text[...colon].prefix(60)) ...'"
  }
}

/// A job file while it is being read.
private struct JobFileReading {
  private static let jobBlock = ParameterCatalogue.Block.job
  private static let gridBlock = ParameterCatalogue.Block.grid
  private static let criteriaBlock = ParameterCatalogue.Block.criteria
  private static let hyperParametersBlock = ParameterCatalogue.Block.hyperParameters
  private static let shownCharacters = 80

  private(set) var job: JobFile
  private(set) var faults: [DocumentFault] = []
  private var suggestions = KeySuggestions()
  private let catalogue = ParameterCatalogue.shared

  init(file: String) { job = JobFile(file: file) }

  /// Takes the entries of a block.
  ///
  /// - `prefix`: The path of the block, each part with a dot.
  mutating func take(_ entries: [(key: DocumentKey, value: DocumentNode)], prefix: String) {
    for (key, node) in entries {
      let name = prefix + key.name
      if [Self.jobBlock, Self.gridBlock, Self.criteriaBlock].contains(name) {
        if !node.isNull { takeBlock(node, name: name) }
      } else if name == Self.hyperParametersBlock {
        takeHyperParameters(node)
      } else if let row = catalogue.row(named: name) {
        take(node, for: row)
      } else {
        refuseUnknown(key, name: name, prefix: prefix)
      }
    }
  }

  /// Applies the values of the preset that do not depend on the table.
  mutating func applyPreset() { job.applyPreset() }

  private mutating func takeBlock(_ node: DocumentNode, name: String) {
    guard case .mapping(let entries) = node.content else {
      faults.append(DocumentFault(at: node.location, "\(name) must be a block of keys, found \(node.shape)"))
      return
    }
    take(entries, prefix: "\(name).")
  }

  private mutating func take(_ node: DocumentNode, for row: any ParameterRow) {
    guard !node.isNull else { return }
    do throws(ValueFault) {
      job.give(try row.parse(node), to: row, at: node.location)
    } catch {
      faults.append(DocumentFault(at: error.location, "\(row.key): \(suggestions.message(of: error))"))
      job.refuse(row)
    }
  }

  /// Returns the path of the block in a key with dots, such as `job.`; empty without dots.
  private static func block(of name: String) -> String {
    name.lastIndex(of: ".").map { String(name[...$0]) } ?? ""
  }

  private mutating func refuseUnknown(_ key: DocumentKey, name: String, prefix: String) {
    let shown = name.prefix(Self.shownCharacters)
    if let answer = ForeignKey.answer(to: key.name) {
      return faults.append(DocumentFault(at: key.location, "unknown key '\(shown)': \(answer)"))
    }
    let catalogue = catalogue
    // A key may name its block itself, as in job.priority.
    let prefix = prefix.isEmpty ? Self.block(of: name) : prefix
    if let answer = gridAnswer(to: key.name, prefix: prefix) {
      return faults.append(DocumentFault(at: key.location, "unknown key '\(shown)'; \(answer)"))
    }
    let hint = suggestions.hint(for: name, otherNames: ParameterCatalogue.otherNames(in: prefix)) {
      let known = catalogue.allRows.map(\.key).filter { prefix.isEmpty ? !$0.contains(".") : $0.hasPrefix(prefix) }
      let blocks =
        prefix.isEmpty
        ? [Self.jobBlock, Self.gridBlock]
        : prefix == "\(Self.gridBlock)." ? [Self.hyperParametersBlock, Self.criteriaBlock] : []
      return known + blocks
    }
    faults.append(
      DocumentFault(
        at: key.location,
        "unknown key '\(shown)'"
          + (hint.isEmpty ? "; run `deepspool explain` for a list of all keys" : hint)))
  }
}

/// Reading of grids.
extension JobFileReading {
  /// Returns where a parameter of models belongs that stands in a block of the grid; nil for other names.
  private func gridAnswer(to name: String, prefix: String) -> String? {
    guard [Self.gridBlock, Self.criteriaBlock].contains(where: { prefix == "\($0)." }),
      catalogue.row(named: name)?.gridSearchable ?? false
    else { return nil }
    let criterion = "\(Self.criteriaBlock).\(name)"
    let isCriterion = catalogue.row(named: criterion) != nil
    return "the values to try belong in \(Self.hyperParametersBlock), as in `hyper_params: {\(name): [...]}`"
      + (isCriterion ? ", and a criterion of the search is \(criterion)" : "")
  }

  /// Takes the dimensions of the grid, each a list of values of its parameter.
  private mutating func takeHyperParameters(_ node: DocumentNode) {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else {
      faults.append(
        DocumentFault(
          at: node.location,
          "\(Self.hyperParametersBlock) must be a block of parameters, each with a list of values or a range"))
      return
    }
    for (key, node) in entries { takeDimension(key, node) }
  }

  private mutating func takeDimension(_ key: DocumentKey, _ node: DocumentNode) {
    let catalogue = catalogue
    guard let row = catalogue.row(named: key.name), row.gridSearchable else {
      let hint = suggestions.hint(for: key.name, otherNames: catalogue.otherNames) {
        catalogue.allRows.filter(\.gridSearchable).map(\.key)
      }
      faults.append(
        DocumentFault(
          at: key.location, "a grid cannot vary '\(key.name.prefix(Self.shownCharacters))'\(hint)"))
      return
    }
    let name = "\(Self.hyperParametersBlock).\(key.name)"
    if case .mapping(let entries) = node.content { return takeRange(entries, at: node.location, row, name: name) }
    guard case .sequence(let nodes) = node.content, !nodes.isEmpty else {
      faults.append(
        DocumentFault(
          at: node.location,
          "\(name) must be a list of at least one value, or a range: {from: 0.001, to: 0.1, log: true}"))
      return
    }
    var values: [any ParameterValue] = []
    for node in nodes {
      do throws(ValueFault) { values.append(try row.parse(node)) } catch {
        faults.append(DocumentFault(at: error.location, "\(name): \(suggestions.message(of: error))"))
      }
    }
    job.hyperParameters.append(HyperParameter(row: row, values: values, location: node.location))
  }

  private mutating func takeRange(
    _ entries: [(key: DocumentKey, value: DocumentNode)], at location: SourceLocation, _ row: any ParameterRow,
    name: String
  ) {
    do throws(ValueFault) {
      let (range, ends) = try NumberRange.parse(entries, at: location, of: row, &suggestions)
      job.hyperParameters.append(HyperParameter(row: row, values: ends, range: range, location: location))
    } catch {
      faults.append(DocumentFault(at: error.location, "\(name): \(suggestions.message(of: error))"))
    }
  }
}
