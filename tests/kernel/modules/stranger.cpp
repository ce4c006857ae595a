// A shared object of somebody else's.

extern "C" int answer() {
    return 42;
}
