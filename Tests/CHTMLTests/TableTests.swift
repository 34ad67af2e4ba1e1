import CHTML
import HTMLTree
import Testing

/// The tables of names stand once in C and once in Swift; these tests keep them equal.
@Suite struct TableTests {
  @Test func tagsAgree() {
    for tag in Tag.allCases {
      #expect(CHTML_tagName(tag.rawValue).map { String(cString: $0) } == tag.name)
    }
    #expect(CHTML_tagName(UInt16(Tag.allCases.count)) == nil)
  }

  @Test func attributesAgree() {
    for name in AttributeName.allCases.dropFirst() {
      let text = CHTML_attributeName(name.rawValue).map { String(cString: $0) }
      let letters = text?.filter { $0.isLetter }.lowercased()
      #expect(letters == String(describing: name).lowercased())
    }
    #expect(CHTML_attributeName(UInt32(AttributeName.allCases.count)) == nil)
  }
}
