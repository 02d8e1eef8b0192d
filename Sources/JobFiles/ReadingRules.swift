internal import Documents

/// Validation rules between the keys for reading tables.
enum ReadingRules {
  static func faults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if let thousands = job.thousands, thousands == job.decimal?.rawValue {
      faults.append(job.fault(\.thousands, "is also the decimal mark; a character can have only one meaning"))
    }
    if let comment = job.comment, comment == job.separator {
      faults.append(job.fault(\.comment, "is also the separator; a character can have only one meaning"))
    }
    return faults
  }
}
