//! All integration tests of the reports, in one program, which is linked once.

mod consult;
mod consult_facts;
mod consult_laws;
mod consult_responses;
mod core_topics;
mod difference_laws;
mod documents;
#[cfg(feature = "office")]
mod documents_office;
#[cfg(feature = "office")]
mod documents_office_excel;
mod documents_sample;
mod every_report;
#[path = "../../../../tests/it/generated.rs"]
mod generated;
mod golden;
mod map_pictures;
#[cfg(feature = "office")]
mod mutations;
mod never_panic;
#[cfg(feature = "office")]
mod panel_pages;
#[cfg(feature = "parquet")]
mod parquet_tables;
#[cfg(feature = "pictures")]
mod pdf;
mod pictures;
mod progression;
#[cfg(feature = "office")]
mod review_workbooks;
mod site;
mod specification;
#[cfg(feature = "office")]
#[path = "../../../../tests/it/table_kinds.rs"]
mod table_kinds;
#[cfg(feature = "office")]
mod word_templates;
#[cfg(feature = "office")]
mod workbooks;
