//! Collecting again, in another spelling, at the same time, after a crash: once is once.
