import LanguageIdentification
import Testing

@Suite struct LanguageIdentifierTests {
  /// Two sentences a language, written for this test.
  static let samples: [(String, String)] = [
    ("en", "The toolbox holds the tools that you will use most often. Click one to choose it."),
    ("en", "Yesterday the ferry left the harbour an hour late because of the fog on the river."),
    ("fr", "La boîte à outils contient les outils que vous utilisez le plus souvent en dessinant."),
    ("fr", "Hier, le bateau a quitté le port avec une heure de retard à cause du brouillard."),
    (
      "de",
      "Der Werkzeugkasten enthält die Werkzeuge, die Sie beim Zeichnen am häufigsten brauchen."
    ),
    ("de", "Gestern verließ die Fähre den Hafen wegen des Nebels mit einer Stunde Verspätung."),
    ("es", "La caja de herramientas contiene las herramientas que usará con más frecuencia."),
    ("it", "Ieri il traghetto ha lasciato il porto con un'ora di ritardo a causa della nebbia."),
    ("nl", "Gisteren verliet de veerboot de haven een uur te laat vanwege de mist op de rivier."),
    ("pl", "Wczoraj prom wypłynął z portu z godzinnym opóźnieniem z powodu mgły na rzece."),
    ("ru", "На панели находятся инструменты, которыми вы будете пользоваться чаще всего."),
    ("ja", "ツールボックスには、絵を描くときに最もよく使う道具が入っています。"),
    ("zh", "昨天因为河上有雾，渡轮晚了一个小时才离开港口。"),
    ("ko", "어제 강에 안개가 끼어 배가 한 시간 늦게 항구를 떠났습니다."),
    ("el", "Χθες το πλοίο έφυγε από το λιμάνι με μία ώρα καθυστέρηση λόγω της ομίχλης."),
  ]

  @Test(arguments: samples)
  func sentencesAreIdentified(code: String, text: String) {
    let found = LanguageIdentifier.identify(text)
    #expect(found.candidates.first?.code == code)
    #expect(found.isReliable)
    #expect(found.percentage(of: [code]) > 90)
  }

  @Test func mixturesAreTold() {
    let english = Self.samples[0].1
    let russian = String(repeating: Self.samples[10].1 + " ", count: 3)
    let found = LanguageIdentifier.identify(english + " " + russian)
    #expect(found.candidates.map(\.code).prefix(2).sorted() == ["en", "ru"])
    #expect(found.percentage(of: ["en", "ru"]) > 90)
    #expect(found.percentage(of: ["en"]) < 50)
  }

  @Test(arguments: ["", " \n\t", "123 + 456", "\0\0\0", "!?…—"])
  func textWithoutLettersHasNoLanguage(text: String) {
    let found = LanguageIdentifier.identify(text)
    #expect(found.candidates.isEmpty)
    #expect(!found.isReliable)
  }

  @Test func everyScalarIsRead() {
    for plane in 0..<17 {
      var text = String.UnicodeScalarView()
      for value in UInt32(plane) << 16...UInt32(plane) << 16 + 0xFFFF {
        if let scalar = Unicode.Scalar(value) { text.append(scalar) }
      }
      #expect(LanguageIdentifier.identify(String(text)).candidates.count <= 3)
    }
  }

  @Test func controlsDoNotHideTheLanguage() {
    let values: [UInt32] = [0x00, 0x01, 0x7F, 0x9F, 0xFDD0, 0xFFFE, 0x10FFFF]
    let hidden = String(String.UnicodeScalarView(values.compactMap(Unicode.Scalar.init)))
    let text = Self.samples[0].1.replacing(" ", with: hidden + " ")
    #expect(LanguageIdentifier.identify(text).candidates.first?.code == "en")
  }

  @Test func onlyTheBeginningOfALongTextIsRead() {
    let sentence = Self.samples[0].1 + " "
    let english = String(
      repeating: sentence, count: LanguageIdentifier.maximumBytes / sentence.utf8.count + 1)
    let long = english + String(repeating: Self.samples[10].1, count: 20_000)
    let found = LanguageIdentifier.identify(long)
    #expect(found.percentage(of: ["en"]) > 90)
    #expect(
      found.letterBytes <= LanguageIdentifier.maximumBytes + LanguageIdentifier.maximumBytes / 2)
  }

  @Test func threadsGetTheSameAnswers() async {
    let expected = Self.samples.map { LanguageIdentifier.identify($0.1) }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<20).allSatisfy { _ in
            Self.samples.map { LanguageIdentifier.identify($0.1) } == expected
          }
        }
      }
      for await same in group { #expect(same) }
    }
  }
}
