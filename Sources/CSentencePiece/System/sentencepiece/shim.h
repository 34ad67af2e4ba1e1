// The library is C++: its headers are included where it is wrapped, and only its link flags are needed here.
