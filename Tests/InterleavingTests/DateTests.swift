import Documents
import Testing

@testable import Interleaving

@Suite struct DateTests {
  @Test(arguments: [
    ("2019-04-28", "2019-04-28"),
    (" 2019-04-28T06:01:07Z ", "2019-04-28T06:01:07Z"),
    ("2019-04-28T06:01:07.123+00:00", "2019-04-28T06:01:07Z"),
    ("2019-04-28 06:01:07 +0200", "2019-04-28T06:01:07+02:00"),
    ("2019-04-28T06:01-0730", "2019-04-28T06:01:00-07:30"),
    ("2019-04-28T06:01:07", "2019-04-28"),
    ("2019-04-28t25:00:00z", "2019-04-28"),
    ("2020-02-29", "2020-02-29"),
    ("2019-02-29", nil), ("1900-01-01", nil), ("2019-13-01", nil), ("2019-00-10", nil),
    ("2019-4-28", nil), ("28 April 2019", nil), ("", nil), ("2019", nil), ("20190428", nil),
  ])
  func timestampsAreOfRFC3339(text: String, expected: String?) {
    #expect(Timestamp.parse(text) == expected)
  }

  @Test func everyTruncationEnds() {
    let whole = "2019-04-28T06:01:07.5+02:00"
    for length in 0...whole.count {
      let parsed = Timestamp.parse(String(whole.prefix(length)))
      #expect((parsed == nil) == (length < 10))
    }
  }

  @Test(arguments: [
    (#"<meta property="article:published_time" content="2020-05-06">"#, "2020-05-06", nil),
    (#"<meta name="dcterms.modified" content="2021-01-02">"#, nil, "2021-01-02"),
    (
      #"<script type="application/ld+json">{"datePublished": "2018-07-08","dateModified":"2018-07-09T10:00:00Z"}</script>"#
        + #"<meta property="article:published_time" content="2020-05-06">"#,
      "2018-07-08", "2018-07-09T10:00:00Z"
    ),
    (
      #"<script type="application/ld+json">{"datePublished": }</script>"#
        + #"<meta itemprop="datePublished" content="2020-05-06">"#,
      "2020-05-06", nil
    ),
    (#"<time class="updated" datetime="2022-02-02">yesterday</time>"#, nil, "2022-02-02"),
    (#"<time itemprop="datePublished" datetime="2022-02-03">now</time>"#, "2022-02-03", nil),
    (#"<time datetime="2022-02-03">now</time>"#, nil, nil),
  ])
  func datesOfAPage(markup: String, published: String?, modified: String?) throws {
    let document = try Pages.document(Pages.article(markup))
    #expect(document.published == published)
    #expect(document.modified == modified)
  }
}
