//! Sessions of DataFusion: settings and bounds.

use std::sync::Arc;

use datafusion::{
    execution::{
        SessionStateBuilder,
        disk_manager::DiskManagerBuilder,
        memory_pool::FairSpillPool,
        runtime_env::{RuntimeEnv, RuntimeEnvBuilder},
    },
    prelude::{SessionConfig, SessionContext},
};

use super::EngineLimits;

/// A session for queries of the model.
pub(crate) fn context(limits: &EngineLimits, threads: usize) -> SessionContext {
    SessionContext::new_with_config_rt(config(threads), runtime(limits))
}

fn runtime(limits: &EngineLimits) -> Arc<RuntimeEnv> {
    let builder = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(limits.memory_bytes)))
        .with_disk_manager_builder(DiskManagerBuilder::default().with_max_temp_directory_size(limits.spill_bytes));
    match builder.build_arc() {
        Ok(runtime) => runtime,
        Err(error) => {
            // Without a place for temporary files sorts are bounded by memory alone.
            tracing::warn!(%error, "no temporary files for large sorts");
            Arc::new(RuntimeEnv {
                memory_pool: Arc::new(FairSpillPool::new(limits.memory_bytes)),
                ..RuntimeEnv::default()
            })
        }
    }
}

fn config(threads: usize) -> SessionConfig {
    let mut config = SessionConfig::new().with_target_partitions(threads).with_information_schema(false);
    let parquet = &mut config.options_mut().execution.parquet;
    parquet.pushdown_filters = true;
    parquet.reorder_filters = true;
    parquet.schema_force_view_types = false;
    config
}

/// A session for SQL text: identifiers keep their case, and functions that make much out of nothing are left out.
pub(crate) fn for_sql(base: &SessionContext) -> SessionContext {
    /// Functions whose results may be of any size, whatever the tables.
    const UNBOUNDED: [&str; 9] = [
        "repeat",
        "lpad",
        "rpad",
        "array_repeat",
        "list_repeat",
        "range",
        "generate_series",
        "array_resize",
        "list_resize",
    ];
    let mut config = base.copied_config();
    let options = config.options_mut();
    options.sql_parser.enable_ident_normalization = false;
    options.sql_parser.map_string_types_to_utf8view = false;
    options.sql_parser.collect_spans = true;
    let mut state = SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(base.runtime_env())
        .with_default_features()
        .with_table_factories(std::collections::HashMap::new())
        .build();
    for name in UNBOUNDED {
        // Absent already when its feature is: nothing to do then.
        let _ = datafusion::execution::FunctionRegistry::deregister_udf(&mut state, name);
    }
    let context = SessionContext::new_with_state(state);
    for name in ["range", "generate_series"] {
        context.deregister_udtf(name);
    }
    context
}
