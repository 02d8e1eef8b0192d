import Models
import Testing

@Suite("Sealed files")
struct SealedFileTests {
  private let file = SealedFile(kind: .model, header: Array(#"{"a":1}"#.utf8), payload: [1, 2, 3, 4, 5])

  @Test("round trip")
  func roundTrip() throws {
    #expect(try SealedFile(kind: .model, bytes: file.bytes) == file)
  }

  @Test("every changed byte and every truncation is detected")
  func damage() {
    let bytes = file.bytes
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x10
      #expect(throws: SealedFileError.self, "byte \(index)") { try SealedFile(kind: .model, bytes: damaged) }
      #expect(throws: SealedFileError.self, "length \(index)") {
        try SealedFile(kind: .model, bytes: Array(bytes[..<index]))
      }
    }
  }

  @Test("content that earlier programs would misread has a version that they refuse")
  func extended() throws {
    let extended = SealedFile(kind: .model, header: file.header, payload: file.payload, isExtended: true)
    #expect(extended.bytes[8] == 4)
    #expect(try SealedFile(kind: .model, bytes: extended.bytes).payload == file.payload)
    #expect(SealedFile(kind: .checkpoint, header: [], payload: [], isExtended: true).bytes[8] == 3)
  }

  @Test("errors distinguish foreign, newer and damaged files")
  func foreign() {
    #expect(throws: SealedFileError.foreign(expected: .checkpoint)) {
      try SealedFile(kind: .checkpoint, bytes: file.bytes)
    }
    var newer = file.bytes
    newer[8] = 99
    #expect(throws: SealedFileError.newer(version: 99)) { try SealedFile(kind: .model, bytes: newer) }
    var checkpoint = SealedFile(kind: .checkpoint, header: [], payload: []).bytes
    #expect(checkpoint[8] == 2 && file.bytes[8] == 3)
    checkpoint[8] = 4
    #expect(throws: SealedFileError.newer(version: 4)) { try SealedFile(kind: .checkpoint, bytes: checkpoint) }
    newer[8] = 1
    #expect(throws: SealedFileError.older(version: 1)) { try SealedFile(kind: .model, bytes: newer) }
  }
}
