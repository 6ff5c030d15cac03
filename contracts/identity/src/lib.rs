//! Members by number: kind, verified claims, marks, penalties, where they are paid.
