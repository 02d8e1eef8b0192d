internal import FuzzReaders
internal import Glibc

/// The reader that the environment names; libFuzzer, which brings `main`, keeps the arguments for itself.
private let reader: FuzzedReader = {
  let name = getenv("DEEPSPOOL_FUZZED").map { String(cString: $0) } ?? ""
  guard let reader = FuzzedReader(rawValue: name) else {
    fatalError("DEEPSPOOL_FUZZED must be one of \(FuzzedReader.allCases.map(\.rawValue))")
  }
  return reader
}()

/// One input of libFuzzer; -1 keeps it out of the corpus.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafePointer<UInt8>?, _ byteCount: Int) -> Int32 {
  reader.read(Array(UnsafeBufferPointer(start: bytes, count: byteCount))) ? 0 : -1
}
