//! Why a file cannot be a template.

/// Why a Word file cannot be a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// Anything but a Word file: `b"a letter"`.
    #[error("is no Word file; give a .docx or .dotx file")]
    NotWord,
    /// A file of Word 97 to 2003, or one with a password; both begin with `D0 CF 11 E0`.
    #[error("is of Word 97 to 2003, or has a password; save it in Word as .docx or .dotx, without a password")]
    OldOrLocked,
    /// A file with macros (`.docm`, `.dotm`).
    #[error("has macros, which are never taken over; save it in Word as .docx or .dotx, which have none")]
    Macros,
    /// An object of another program in what is taken over.
    #[error("has an embedded object or text of another program ({part}); replace it with a picture, and save the file")]
    Embedded {
        /// The part of the file.
        part: String,
    },
    /// Something that Word would fetch from elsewhere.
    #[error("needs a file from elsewhere ({part}: {target}); embed it in the file, or delete it, and save")]
    External {
        /// The part of the file that refers to it.
        part: String,
        /// What it refers to.
        target: String,
    },
    /// A file that is too large, or would be when unpacked.
    #[error("is too large: {what}; delete its text and use smaller pictures, and save it")]
    TooLarge {
        /// Which limit it exceeds.
        what: &'static str,
    },
    /// A file of the strict variant of the format, which few programs write.
    #[error("is a Strict Open XML document; save it in Word as an ordinary Word document (.docx)")]
    Strict,
    /// A page with less than 8 cm for the text.
    #[error("leaves less than 8 cm by 8 cm for the text; choose a larger page or narrower margins")]
    NoRoom,
    /// A file that cannot be read.
    #[error("is damaged ({part}: {reason}); open it in Word, and save it again")]
    Damaged {
        /// The part of the file.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
}
