package org.uniem.volumes.omezarr;

import org.uniem.volumes.omezarr.OmeZarrOptions.Version;

class OmeZarr04ContractTest extends OmeZarrContract {

  @Override
  Version version() {
    return Version.V0_4;
  }
}
