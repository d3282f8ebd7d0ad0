//! Literals with a text: strings, bytes, f- and t-strings, numbers.

use perfctl_core::place::ByteSpan;
use ruff_python_ast::{
    BytesLiteralValue, FStringPart, FStringValue, InterpolatedStringElement, StringLiteralValue,
    TStringValue,
};

use super::Lowering;
use crate::tree::{Atom, Flags, Kind, Role};

/// What stands for a hole in the text of a [`Kind::Template`].
const HOLE: &str = "{}";

impl Lowering<'_> {
    pub(super) fn string(&mut self, value: &StringLiteralValue, role: Role, at: ByteSpan) {
        let text = self.string_atom(value);
        self.out.leaf(Kind::Str, role, at, Flags::NONE, text);
    }

    /// The decoded value of adjacent literals, joined.
    pub(super) fn string_atom(&mut self, value: &StringLiteralValue) -> Atom {
        match value.as_slice() {
            [one] => self.out.atom(&one.value),
            parts => self.joined(|text| text.extend(parts.iter().map(|part| &*part.value))),
        }
    }

    pub(super) fn bytes(&mut self, value: &BytesLiteralValue, role: Role, at: ByteSpan) {
        let text = self.joined(|text| {
            for part in value {
                text.push_str(&String::from_utf8_lossy(&part.value));
            }
        });
        self.out.leaf(Kind::Str, role, at, Flags::BYTES, text);
    }

    pub(super) fn f_string(&mut self, value: &FStringValue, role: Role, at: ByteSpan) {
        let text = self.joined(|text| {
            for part in value {
                match part {
                    FStringPart::Literal(literal) => text.push_str(&literal.value),
                    FStringPart::FString(part) => push_elements(text, &part.elements),
                }
            }
        });
        self.out
            .open_with(Kind::Template, role, at, Flags::NONE, text);
        for part in value {
            if let FStringPart::FString(part) = part {
                self.holes(&part.elements, Role::Item);
            }
        }
        self.out.close();
    }

    pub(super) fn t_string(&mut self, value: &TStringValue, role: Role, at: ByteSpan) {
        let text = self.joined(|text| {
            for part in value {
                push_elements(text, &part.elements);
            }
        });
        self.out
            .open_with(Kind::Template, role, at, Flags::NONE, text);
        for part in value {
            self.holes(&part.elements, Role::Item);
        }
        self.out.close();
    }

    /// The expressions of an f- or t-string; those in a format specification follow the one they format.
    fn holes(&mut self, elements: &[InterpolatedStringElement], role: Role) {
        for element in elements {
            let InterpolatedStringElement::Interpolation(hole) = element else {
                continue;
            };
            self.expression(&hole.expression, role);
            if let Some(format) = &hole.format_spec
                && !self.is_too_deep(hole.range)
            {
                self.holes(&format.elements, Role::Arg);
            }
        }
    }

    pub(super) fn number(&mut self, role: Role, at: ByteSpan) {
        let text = self.number_atom(at);
        self.out.leaf(Kind::Num, role, at, Flags::NONE, text);
    }

    /// The number as written, without digit separators.
    pub(super) fn number_atom(&mut self, at: ByteSpan) -> Atom {
        let written = self.source.get(at.range()).unwrap_or_default();
        if written.contains('_') {
            self.joined(|text| text.extend(written.split('_')))
        } else {
            self.out.atom(written)
        }
    }

    /// The atom of a text that is put together first.
    fn joined(&mut self, fill: impl FnOnce(&mut String)) -> Atom {
        fill(&mut self.scratch);
        let atom = self.out.atom(&self.scratch);
        self.scratch.clear();
        atom
    }
}

fn push_elements(text: &mut String, elements: &[InterpolatedStringElement]) {
    for element in elements {
        match element {
            InterpolatedStringElement::Literal(literal) => text.push_str(&literal.value),
            InterpolatedStringElement::Interpolation(_) => text.push_str(HOLE),
        }
    }
}
