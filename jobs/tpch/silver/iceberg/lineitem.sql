-- bronze lineitem → an Iceberg table at ${silver}/lineitem. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.lineitem;
CREATE TABLE ${catalog}.${database}.lineitem
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/lineitem'
AS SELECT * FROM parquet.`${bronze}/lineitem.parquet`;
