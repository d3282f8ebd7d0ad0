//! Luau's interrupt, set only when there is something to ask.
//!
//! An interpreter asks its interrupt at every loop and call. Answering through the binding costs more than most of the steps it stands
//! between: a tenth of a run. So the field stays empty while a script runs, and the watchdog sets it from its thread, which Luau allows for this
//! one field ("safe to set from an arbitrary thread", `lua.h`). See decision 24.
#![expect(
    unsafe_code,
    reason = "the binding offers no way to set the interrupt from another thread"
)]

use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use mlua::{Lua, VmState, ffi};

/// Where an interpreter's interrupt is set. Clones belong to the same interpreter.
#[derive(Clone, Debug, Default)]
pub(super) struct Interrupt(Arc<Mutex<Option<Field>>>);

/// The field of a living interpreter.
#[derive(Debug)]
struct Field {
    at: *const AtomicPtr<c_void>,
    /// The function that the binding sets there.
    asks: *mut c_void,
}

// SAFETY: the field is only reached with the lock held, only as an atomic, and is forgotten before its interpreter is gone.
unsafe impl Send for Field {}

impl Interrupt {
    /// Has `ask` asked at each step of scripts in `lua` while this is set, which it is not yet.
    ///
    /// # Errors
    /// When the interpreter cannot be reached.
    pub(super) fn offer(
        &self,
        lua: &Lua,
        ask: impl Fn(&Lua) -> mlua::Result<VmState> + 'static,
    ) -> mlua::Result<()> {
        lua.set_interrupt(ask);
        let mut at: *const AtomicPtr<c_void> = ptr::null();
        // SAFETY: the state is alive within the call. A pointer to a function that may be null is as large and as aligned as an atomic pointer.
        unsafe {
            lua.exec_raw::<()>((), |state| {
                at = (&raw mut (*ffi::lua_callbacks(state)).interrupt).cast();
            })?;
        }
        // SAFETY: callbacks are a part of the interpreter's global state, which stays where it is until the interpreter is closed.
        let asks = unsafe { (*at).swap(ptr::null_mut(), Ordering::Relaxed) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Field { at, asks });
        Ok(())
    }

    /// The interpreter asks at its next step, and the ones after.
    pub(super) fn set(&self) {
        self.write(|field| field.asks);
    }

    /// The interpreter runs on without asking.
    pub(super) fn clear(&self) {
        self.write(|_| ptr::null_mut());
    }

    fn write(&self, value: impl FnOnce(&Field) -> *mut c_void) {
        if let Some(field) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            // SAFETY: a field that is known belongs to a living interpreter (see `forget`).
            unsafe { (*field.at).store(value(field), Ordering::Relaxed) };
        }
    }

    /// Leaves the interpreter alone from now on: before it is closed.
    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
