-- bronze lineitem → a Hudi (copy-on-write) table at ${silver}/lineitem. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.lineitem;
CREATE TABLE ${database}.lineitem
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 'l_orderkey,l_linenumber',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/lineitem'
AS SELECT * FROM parquet.`${bronze}/lineitem.parquet`;
