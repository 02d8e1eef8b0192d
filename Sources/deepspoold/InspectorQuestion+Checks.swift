internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Planning
internal import Spooling

extension InspectorQuestion {
  /// The checks that need the data of a job.
  ///
  /// `fingerprints`: The files that have been hashed before.
  func checks(_ fingerprints: FileFingerprint.Memory) -> JobChecks {
    let data = DataDirectories(dataDirectories)
    return JobChecks(
      faults: data.faults,
      needs: { [threadsPerJob] job in
        // The job itself reports problems with its data when it reads them.
        let estimate = try? JobEstimate.of(
          job, threads: threadsPerJob, followsLinks: false, resolveFrame: data.resolve)
        return estimate.map {
          JobNeeds(memoryBytes: $0.memoryBytes, diskBytes: $0.diskBytes, explanation: $0.explanation)
        }
      },
      inputs: { [submitterMustRead] job, submitter throws(InspectionFailure) in
        do {
          let rights = ReadingRights(submitter: submitter, isEnforced: submitterMustRead)
          return try JobInputs.of(job, resolveFrame: data.resolve) { path in
            try rights.check(path)
            return try fingerprints.fingerprint(of: path)
          }.bytes
        } catch let failure as JobFailure where failure.cause == .environment {
          throw .inUse(reason: failure.description)
        } catch {
          throw .unfit(reason: "\(error)")
        }
      })
  }
}
