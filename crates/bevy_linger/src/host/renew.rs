//! Scripts that are loaded anew: their classes are opened again, who imported from them gets what they have now, and instances
//! keep their state. The Python side, `renew.py`, is loaded when it is first needed.

use linger_script::{Kept, Value};

use super::{
    ScriptHost,
    errors::{OWN_FILE, profile_error},
    instances::ScriptResult,
};
use crate::asset::ScriptSource;

const MODULE: &str = "_renew";
const SOURCE: &str = include_str!("renew.py");

impl ScriptHost {
    /// Runs the new text of a module, which is then what its classes are.
    pub(super) fn run_anew(&mut self, name: &str, source: &ScriptSource, old: Value) -> ScriptResult<Value> {
        self.renew("begin", &[old])?;
        let loaded = self.vm.load_module(name, &source.path, &source.text).map_err(profile_error);
        self.renew("end", &[Value::bool(loaded.is_ok())])?;
        loaded
    }

    /// Gives the modules that imported from a script what it has since it was loaded anew.
    pub(super) fn pass_on(&mut self, old: Value, new: Value) -> ScriptResult<()> {
        let modules = self.modules.values().map(|(_, module)| module.get()).collect();
        let modules = self.vm.list(modules);
        self.renew("pass_on", &[old, new, modules])
    }

    fn renew(&mut self, function: &str, arguments: &[Value]) -> ScriptResult<()> {
        let module = match self.vm.module(MODULE) {
            Some(module) => module,
            None => self.vm.load_module(MODULE, OWN_FILE, SOURCE).map_err(profile_error)?,
        };
        self.vm.call_function(&module, function, arguments).map_err(profile_error)?;
        Ok(())
    }

    /// Gives the instances of a script that was loaded anew its code; they keep their state. What waits goes on as it was
    /// written before.
    pub(super) fn renew_instances(&mut self, module: &str) -> ScriptResult<()> {
        let mut first = Ok(());
        for place in 0..self.instances.places.len() {
            let Some(instance) = self.instances.at(place).filter(|instance| instance.module == module) else {
                continue;
            };
            let (entity, class) = (instance.entity, instance.class.clone());
            let Some(object) = instance.object.as_ref().map(Kept::get) else {
                // It could not be made before: tried again as if it were new.
                self.instances.remove(entity);
                self.unmade.push(entity);
                continue;
            };
            let result = self.class_of_script(module, &class).and_then(|(kind, functions)| {
                let adopt = self.helpers.adopt.get();
                self.vm.call_from_host(&adopt, &[object, kind]).map_err(profile_error)?;
                Ok(functions)
            });
            let Some(instance) = self.instances.at_mut(place) else { continue };
            match result {
                Ok(functions) => {
                    instance.functions = functions;
                    instance.failures = 0;
                    instance.disabled = false;
                }
                Err(error) => {
                    instance.disabled = true;
                    first = first.and(Err(error));
                }
            }
        }
        first
    }
}
