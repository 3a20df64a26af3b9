-- bronze region → an Iceberg table at ${silver}/region. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.region;
CREATE TABLE ${catalog}.${database}.region
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/region'
AS SELECT * FROM parquet.`${bronze}/region.parquet`;
