/// The function words of English: what a sentence has and a list of names has not.
///
/// OBELICS's list has these and misspellings and abbreviations of the web beside them.
enum EnglishStopWords {
  static let all = Set(
    """
    a about above according across after against ago ahead all along alongside already also \
    although always am amid among amongst an and another any anybody anyone anything are aren't \
    around as aside at away back based be because been before behind being below beneath beside \
    besides between beyond both but by can can't cannot could couldn't despite did didn't do does \
    doesn't doing don't down due during each either else enough even ever every everybody everyone \
    everything except few for from further get gets getting give given got had hadn't half has \
    hasn't have haven't having he her here hers herself him himself his how however i i'd i'll i'm \
    i've if in include including inside instead into is isn't it it's its itself just least less \
    let like made make many may me might mine more most much must my myself near nearby neither \
    never next no nobody none nor not nothing now of off often on once one ones only onto opposite \
    or other others otherwise ought our ours ourselves out outside over own past per perhaps plus \
    prior quite rather re regarding regardless same self several shall she should shouldn't since \
    so some somebody someone something sometimes still such than thanks that that's the their \
    theirs them themselves then there there's therefore these they they're this those though \
    through throughout thus till to together too toward towards under underneath unless unlike \
    until unto up upon us use used using usually versus very via was wasn't we we'll we're we've \
    well were weren't what what's whatever when whenever where whereas wherever whether which while \
    who who's whoever whom whose why will with within without won't worth would wouldn't yet you \
    you'll you're you've your yours yourself yourselves
    """.split(separator: " ").map(String.init))
}
