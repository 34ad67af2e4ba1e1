/// Words that tell running text from a page's furniture.
enum TextWords {
  enum Meaning { case stopWord, boilerplate }

  /// The commonest words of the languages most written on the web, which sentences cannot do without.
  private static let stopWords = """
    the of and to a in is that for it was on are with as his they at be this from have or by had not \
    but what all were when we there can an your which their said if do will each how them then she \
    so these her would him has more could my than been who its now did into you he i \
    de la el que en los del se las por un para con una su al lo como le et les des une est du pour \
    qui dans pas sur au par der die und das den von zu mit sich des auf für ist im dem nicht ein eine \
    il di che e per non da sono och att som på av är det med till
    """

  /// Words of menus, forms, licences and calls to act.
  private static let boilerplate = """
    cookie cookies login register subscribe newsletter privacy terms copyright reserved rights share \
    facebook twitter instagram linkedin pinterest youtube whatsapp email menu search cart checkout \
    account sign signup follow advertisement sponsored related comments reply previous next loading \
    skip toggle close sitemap faq contact careers powered javascript browser download app subscribe \
    policy disclaimer breadcrumb home permalink print tags filed categories posted views login
    """

  private static let meanings: WordTable<Meaning> = {
    var table: [UInt64: Meaning] = [:]
    for word in boilerplate.split(separator: " ") { table[hash(word)] = .boilerplate }
    for word in stopWords.split(separator: " ") { table[hash(word)] = .stopWord }
    return WordTable(table)
  }()

  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  /// One step of FNV-1a.
  static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  private static func hash(_ word: Substring) -> UInt64 { word.utf8.reduce(seed) { mix($0, $1) } }

  /// What a word says, by the hash of its lower-case letters.
  static func meaning(of hash: UInt64) -> Meaning? { meanings[hash] }
}
