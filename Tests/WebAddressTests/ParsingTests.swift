import Testing
import WebAddress

/// Cases of the URL Standard's algorithm, in the manner of web-platform-tests' urltestdata.json.
@Suite struct ParsingTests {
  @Test(
    arguments: [
      ("http://example.com", "http://example.com/"),
      ("HTTP://EXAMPLE.com:80/a/../b", "http://example.com/b"),
      ("https://example.com:443/%7Efoo?a=b#c", "https://example.com/%7Efoo?a=b#c"),
      ("https://example.com:8080", "https://example.com:8080/"),
      ("  \thttps://ex\nample.com/ a ", "https://example.com/%20a"),
      ("http:\\\\example.com\\a\\b", "http://example.com/a/b"),
      ("http:example.com", "http://example.com/"),
      ("http://a/b/./c/../../d/%2e%2E/e", "http://a/e"),
      ("http://user:p%20w@host/", "http://user:p%20w@host/"),
      ("http://us@er@host/", "http://us%40er@host/"),
      ("http://192.168.0.257", nil),
      ("http://0x7f.1/", "http://127.0.0.1/"),
      ("http://0300.168.0.1/", "http://192.168.0.1/"),
      ("http://3232235777/", "http://192.168.1.1/"),
      ("http://1.2.3.4.5/", nil),
      ("http://example.1/", nil),
      ("http://[::1]:80/", "http://[::1]/"),
      ("http://[2001:DB8:0:0:1:0:0:1]/", "http://[2001:db8::1:0:0:1]/"),
      ("http://[::ffff:192.168.0.1]/", "http://[::ffff:c0a8:1]/"),
      ("http://[1:2:3]/", nil),
      ("http://[::1", nil),
      ("http://[1::2::3]/", nil),
      ("http://exa mple.com/", nil),
      ("http://a%00b/", nil),
      ("http://ex%41mple.com/", "http://example.com/"),
      ("http:///example.com/", "http://example.com/"),
      ("http://", nil),
      ("http://host:99999/", nil),
      ("http://host:x/", nil),
      ("http://host:/", "http://host/"),
      ("http://münchen.de/ä?ö#ü", "http://xn--mnchen-3ya.de/%C3%A4?%C3%B6#%C3%BC"),
      ("http://BÜCHER.example/", "http://xn--bcher-kva.example/"),
      ("http://例え.テスト/", "http://xn--r8jz45g.xn--zckzah/"),
      ("http://ｅｘａｍｐｌｅ．com/", "http://example.com/"),
      ("http://faß.de/", "http://xn--fa-hia.de/"),
      ("http://a/?q='\"<>", "http://a/?q=%27%22%3C%3E"),
      ("http://a/`{}^|", "http://a/%60%7B%7D%5E|"),
      ("data:image/gif;base64,R0lGOD==", "data:image/gif;base64,R0lGOD=="),
      ("mailto:someone@example.com?subject=a b", "mailto:someone@example.com?subject=a%20b"),
      ("javascript:alert(1)", "javascript:alert(1)"),
      ("file:///C|/a/../../b", "file:///C:/b"),
      ("file://localhost/etc", "file:///etc"),
      ("web+demo:/.//not-a-host/", "web+demo:/.//not-a-host/"),
      ("foo://ho st/", nil),
      ("foo://HOST/a/../b", "foo://HOST/b"),
      ("//example.com", nil),
      ("relative", nil),
      ("", nil),
    ] as [(String, String?)])
  func absolute(text: String, expected: String?) {
    #expect(WebURL(parsing: text)?.serialized == expected)
  }

  @Test(arguments: [
    ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"), ("", "http://a/b/c/d;p?q"),
    (".", "http://a/b/c/"), ("..", "http://a/b/"), ("../..", "http://a/"),
    ("../../../../g", "http://a/g"), ("g;x=1/../y", "http://a/b/c/y"), ("http:g", "http://a/b/c/g"),
    ("https:g", "https://g/"), ("\\g", "http://a/g"), ("\\\\g\\h", "http://g/h"),
    ("g:h", "g:h"), (" im age.png ", "http://a/b/c/im%20age.png"),
  ])
  func relative(text: String, expected: String) throws {
    let base = try #require(WebURL(parsing: "http://a/b/c/d;p?q"))
    #expect(WebURL(parsing: text, base: base)?.serialized == expected)
  }

  @Test func opaqueBaseTakesFragmentsOnly() throws {
    let base = try #require(WebURL(parsing: "mailto:a@b"))
    #expect(WebURL(parsing: "x", base: base) == nil)
    #expect(WebURL(parsing: "#f", base: base)?.serialized == "mailto:a@b#f")
  }

  @Test func serializationIsStable() throws {
    for text in ["http://a/%zz?%", "http://a//b//../c", "foo:/a/..//b", "http://a/;;?;#;"] {
      let once = try #require(WebURL(parsing: text)?.serialized)
      #expect(WebURL(parsing: once)?.serialized == once)
    }
  }
}
