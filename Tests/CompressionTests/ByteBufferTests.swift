import Compression
import Testing

@Suite struct ByteBufferTests {
  @Test func behavesLikeAQueueOfBytes() {
    var buffer = ByteBuffer(capacity: 5)
    #expect(buffer.append(([1, 2, 3] as [UInt8]).span.bytes) == 3)
    buffer.removeFirst(2)
    #expect(buffer.append(([4, 5, 6, 7, 8] as [UInt8]).span.bytes) == 4)
    #expect(buffer.copy(0..<5) == [3, 4, 5, 6, 7])
    #expect(buffer.room == 0 && buffer.bytes[4] == 7)
    #expect(buffer.append(([9] as [UInt8]).span.bytes) == 0)
    buffer.removeFirst(5)
    #expect(buffer.isEmpty && buffer.room == 5)
  }

  @Test(arguments: ["", "b", "ab", "xxab", "aab", "aaab", "abab"], ["ab", "b", "aab"])
  func searchFindsTheFirst(text: String, pattern: String) {
    let bytes = Array(text.utf8)
    let wanted = Array(pattern.utf8)
    for start in 0..<9 {
      let expected = stride(from: start, through: bytes.count - wanted.count, by: 1).first {
        bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
      }
      #expect(bytes.span.firstOffset(of: wanted, from: start) == expected)
    }
  }
}
