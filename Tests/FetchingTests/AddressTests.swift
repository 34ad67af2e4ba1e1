import Fetching
import Testing

struct AddressTests {
  @Test(arguments: [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::10.0.0.1",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:1ff::1", "2001:db8::1", "2002:a00:1::",
    "2002:7f00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "febf::1",
    "fec0::1",
    "ff02::1", "::127.0.0.1", "4000::1", "8000::1",
  ])
  func `special addresses are refused`(text: String) throws {
    #expect(!AddressRules().allows(try #require(IPAddress(text))))
  }

  @Test(arguments: [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.1.1.1",
    "128.0.0.1", "169.253.1.1", "172.15.1.1", "172.32.0.1", "192.167.1.1", "198.17.1.1",
    "198.20.0.1",
    "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888", "2a00:1450::1",
    "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
  ])
  func `public addresses are allowed`(text: String) throws {
    #expect(AddressRules().allows(try #require(IPAddress(text))))
  }

  @Test func `what is allowed besides is allowed in either form`() throws {
    let rules = AddressRules(allowed: [try #require(AddressRange("127.0.0.0/8"))])
    #expect(rules.allows(try #require(IPAddress("127.3.2.1"))))
    #expect(rules.allows(try #require(IPAddress("::ffff:127.0.0.1"))))
    #expect(!rules.allows(try #require(IPAddress("10.0.0.1"))))
    #expect(!rules.allows(try #require(IPAddress("::1"))))
  }

  @Test(arguments: [
    "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.x", "1.2.3.", "+1.2.3.4", ":", ":::",
    "1::2::3",
    "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1.2.3", "g::", "1:2:3:4:5:6:7:8::",
  ])
  func `what is no address is none`(text: String) { #expect(IPAddress(text) == nil) }

  @Test(arguments: [
    "1.2.3.4", "1.2.3.4/33", "1.2.3.4/24", "::/129", "fe80::1/10", "1.2.3.0/x", "/8",
  ])
  func `what is no range is none`(text: String) { #expect(AddressRange(text) == nil) }

  @Test func `a range ends at the bit it says`() throws {
    let range = try #require(AddressRange("172.16.0.0/12"))
    #expect(range.contains(try #require(IPAddress("172.31.255.255"))))
    #expect(!range.contains(try #require(IPAddress("172.32.0.0"))))
    #expect(try #require(AddressRange("0.0.0.0/0")).contains(try #require(IPAddress("9.9.9.9"))))
    #expect(!(try #require(AddressRange("0.0.0.0/0")).contains(try #require(IPAddress("::1")))))
  }
}
