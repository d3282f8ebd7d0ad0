//! Machine code that is about to be run: the bytes that were checked, where nobody can change them any more.

use std::fs::File;
use std::io::{Read, Seek, Write};

use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

/// Machine code of a component.
///
/// It lies in memory that has the face of a file, so that the engine maps it where others would copy it: of the 35 MB of a plugin in
/// Python a run touches few. Sealed, because the engine believes what it maps.
#[derive(Debug)]
pub struct Code(File);

impl Code {
    /// Begins code, to which bytes are added.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub(crate) fn begin() -> std::io::Result<Unsealed> {
        let memory = memfd_create(
            c"perfctl-plugin",
            MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING,
        )?;
        Ok(Unsealed(memory.into()))
    }

    /// Code that is in memory already.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub(crate) fn of(bytes: &[u8]) -> std::io::Result<Self> {
        let mut code = Self::begin()?;
        code.add(bytes)?;
        code.seal()
    }

    /// The file as which it can be opened, by this process only.
    pub(crate) fn path(&self) -> std::path::PathBuf {
        use std::os::fd::AsRawFd;
        format!("/proc/self/fd/{}", self.0.as_raw_fd()).into()
    }

    /// Its bytes.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut file = &self.0;
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Code that is being put together.
#[derive(Debug)]
pub(crate) struct Unsealed(File);

impl Unsealed {
    /// Adds bytes.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.0.write_all(bytes)
    }

    /// Ends it: from now on it is as it is.
    ///
    /// # Errors
    /// When the system cannot promise that.
    pub(crate) fn seal(self) -> std::io::Result<Code> {
        let all = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
        fcntl_add_seals(&self.0, all)?;
        Ok(Code(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_read_and_not_changed() {
        let code = Code::of(b"machine code").expect("memory");
        assert_eq!(code.bytes().expect("readable"), b"machine code");
        let refused = (&code.0).write_all(b"other").expect_err("it is sealed");
        assert_eq!(refused.kind(), std::io::ErrorKind::PermissionDenied);
        assert!(code.0.set_len(3).is_err());
        // Nor by whoever opens it anew.
        let again = File::options().write(true).open(code.path());
        let refused = again.and_then(|mut file| file.write_all(b"other"));
        assert!(refused.is_err());
        assert_eq!(code.bytes().expect("readable"), b"machine code");
    }
}
