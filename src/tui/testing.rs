//! A stage for key scripts.
