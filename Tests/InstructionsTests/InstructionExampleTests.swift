import Documents
import Instructions
import Testing

@Suite struct InstructionExampleTests {
  private static let whole =
    #"{"instruction": "Name the colour of “grass”.", "input": "a\nb", "output": "grün", "id": 7}"#

  @Test func anExampleIsItsThreeTexts() {
    let example = InstructionExample.read(Array(Self.whole.utf8)).value
    #expect(
      example
        == InstructionExample(
          instruction: "Name the colour of “grass”.", input: "a\nb", output: "grün"))
    #expect(example?.characterCount == 27 + 3 + 4)
  }

  @Test(arguments: [
    (#"{"instruction": "a", "input": "", "output": "b""#, "invalidJSON"),
    (#"["instruction", "input", "output"]"#, "invalidJSON"),
    (#""a""#, "invalidJSON"),
    ("instruction: a", "invalidJSON"),
    ("{\"instruction\": \"a\u{0}\", \"input\": \"\", \"output\": \"b\"}", "invalidJSON"),
    (#"{"instruction": "a", "input": "", "output": "\ud800"}"#, "invalidJSON"),
    (#"{"instruction": "a", "input": "", "output": "b"} {}"#, "invalidJSON"),
    (#"{"input": "", "output": "b"}"#, "missingKey (instruction)"),
    (#"{"instruction": "a", "output": "b"}"#, "missingKey (input)"),
    (#"{"instruction": "a", "input": ""}"#, "missingKey (output)"),
    (#"{"instruction": "a", "input": null, "output": "b"}"#, "wrongType (input)"),
    (#"{"instruction": ["a"], "input": "", "output": "b"}"#, "wrongType (instruction)"),
    (#"{"instruction": "a", "input": "", "output": 3}"#, "wrongType (output)"),
    (#"{"instruction": "a", "input": "", "output": true}"#, "wrongType (output)"),
    (#"{"instruction": " \n", "input": "", "output": "b"}"#, "emptyInstruction"),
    (#"{"instruction": "a", "input": "", "output": ""}"#, "emptyOutput"),
    (#"{"instruction": "a", "input": "", "output": " \t\n"}"#, "emptyOutput"),
  ])
  func aLineThatIsNoneHasItsReason(line: String, reason: String) {
    #expect(InstructionExample.read(Array(line.utf8)).reason?.description == reason)
  }

  @Test func bytesThatAreNoUTF8AreSaidToBeSo() {
    let bytes =
      Array(#"{"instruction": "a", "input": "", "output": ""#.utf8) + [0xC3, 0x28, 0x22, 0x7D]
    #expect(InstructionExample.read(bytes).reason?.code == .invalidUTF8)
  }

  @Test func everyTruncationIsDroppedWithAReason() {
    let bytes = Array(Self.whole.utf8)
    for length in 0..<bytes.count {
      let reason = InstructionExample.read(Array(bytes[..<length])).reason
      #expect(reason?.code == .invalidJSON || reason?.code == .invalidUTF8, "\(length)")
    }
  }
}
