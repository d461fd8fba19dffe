"""Everything that can go wrong, as one small tree.

AssistantError            one clear Chinese line; the command line shows it and exits with status 2
├── InputError            what the user gave cannot be used: empty letter, unknown code, bad date
│   └── UnreadableFile    a file that cannot be read as text: binary, encrypted, scanned, too large
├── SettingsError         a setting that is unknown or has the wrong kind of value
├── CorpusError           a law, rule, letter or report file that breaks its format: file, row, key
├── IndexFault            the passage index is missing or damaged and cannot be rebuilt here
├── ModelFault            an embedding model folder or a chat model that cannot be used
├── RegisterFault         the register cannot be opened, read or written: nothing of the work is kept
├── CaseConflict          somebody else wrote on the case since it was seen: nothing is overwritten
└── NotAllowed            the role of whoever asks, or the four-eyes rule, does not allow it

Each message says what happened, where, and what to do next.
"""


class AssistantError(Exception):
    """A failure a clerk can act on; its text is one line of Chinese."""


class InputError(AssistantError):
    """What the user gave cannot be used as it is."""


class UnreadableFile(InputError):
    """A file from which no text can be taken."""


class SettingsError(AssistantError):
    """A setting that is unknown or has the wrong kind of value."""


class CorpusError(AssistantError):
    """A corpus file that breaks its format; names file, row and key."""


class IndexFault(AssistantError):
    """The passage index cannot be used and cannot be rebuilt here."""


class ModelFault(AssistantError):
    """A model folder or a chat model that cannot be used."""


class RegisterFault(AssistantError):
    """The register cannot be opened, read or written."""


class CaseConflict(AssistantError):
    """A case was written on by somebody else since it was seen."""


class NotAllowed(AssistantError):
    """Something a person's role, or the four-eyes rule, does not allow."""
