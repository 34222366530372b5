// Packs the French communes of npm @etalab/decoupage-administratif for fr.tambour.town. See COMMUNES.md beside it.
//
//   node pack-communes.mjs <folder of the unpacked package> <folder to write to>
//
// Needs nothing but Node (18 or later). The same package gives the same rows, in the same order.

import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

const [source, target] = process.argv.slice(2)
if (!source || !target) {
  console.error('usage: node pack-communes.mjs <folder of the unpacked package> <folder to write to>')
  process.exit(2)
}

const read = (name) => JSON.parse(readFileSync(join(source, name), 'utf8'))
const version = read('package.json').version
const communes = read('data/communes.json')
const epcis = read('data/epci.json')
const departements = read('data/departements.json')
const regions = new Map(read('data/regions.json').map((region) => [region.code, region.nom]))

// Time zones are not in the package. Everything not named here is on Paris time (IANA tzdb, zone.tab).
const DEPARTMENT_ZONES = {
  971: 'America/Guadeloupe',
  972: 'America/Martinique',
  973: 'America/Cayenne',
  974: 'Indian/Reunion',
  975: 'America/Miquelon',
  976: 'Indian/Mayotte',
  977: 'America/St_Barthelemy',
  978: 'America/Marigot',
  984: 'Indian/Kerguelen',
  986: 'Pacific/Wallis',
  987: 'Pacific/Tahiti',
  988: 'Pacific/Noumea',
  989: 'Etc/GMT+8', // Clipperton: UTC-8, no zone of its own in tzdb; nobody lives there
}

// Communes whose clocks differ from the rest of their department.
const COMMUNE_ZONES = {
  98413: 'Indian/Reunion', // Crozet
  98414: 'Antarctica/DumontDUrville', // Terre-Adélie
  98415: 'Indian/Reunion', // Îles Éparses
  98718: 'Pacific/Marquesas', // Fatu-Hiva
  98719: 'Pacific/Gambier', // Gambier
  98723: 'Pacific/Marquesas', // Hiva-Oa
  98731: 'Pacific/Marquesas', // Nuku-Hiva
  98746: 'Pacific/Marquesas', // Tahuata
  98756: 'Pacific/Marquesas', // Ua-Huka
  98757: 'Pacific/Marquesas', // Ua-Pou
}

const TYPES = {
  'commune-actuelle': 'C',
  'commune-deleguee': 'D',
  'commune-associee': 'D',
  'arrondissement-municipal': 'A',
}

// The Métropole de Lyon (MET69) is a collectivity with a status of its own; for us it is a métropole.
const NATURES = { CC: 'CC', CA: 'CA', CU: 'CU', METRO: 'METRO', MET69: 'METRO' }

const present = new Map(communes.filter((c) => c.type === 'commune-actuelle').map((c) => [c.code, c]))

function known(table, key, what) {
  if (!(key in table)) throw new Error(`unknown ${what}: ${key}`)
  return table[key]
}

// A delegated commune has no postal code in the source. Where its commune has just one, that is the one.
function postalCodes(commune) {
  if (commune.codesPostaux) return commune.codesPostaux
  const ofParent = present.get(commune.chefLieu)?.codesPostaux ?? []
  return ofParent.length === 1 ? ofParent : []
}

function communeRow(commune) {
  return [
    known(TYPES, commune.type, 'type'),
    commune.code,
    commune.nom,
    commune.departement,
    commune.chefLieu ?? commune.commune ?? '',
    commune.population ?? '',
    postalCodes(commune).join(','),
    '',
    COMMUNE_ZONES[commune.code] ?? '',
  ]
}

// The source does not say where an EPCI has its seat, so it gets no postal code. Its department is the one written in
// an older SIREN (24 and two digits), else that of its most populous member.
function epciRow(epci) {
  const ofMembers = new Map(epci.membres.map((member) => [present.get(member.code).departement, member]))
  const largest = epci.membres.reduce((a, b) => (b.populationMunicipale > a.populationMunicipale ? b : a))
  const inSiren = epci.code.startsWith('24') ? epci.code.slice(2, 4) : ''
  const departement = ofMembers.has(inSiren) ? inSiren : present.get(largest.code).departement
  const nature = known(NATURES, epci.type, 'nature')
  return ['E', epci.code, epci.nom, departement, '', epci.populationMunicipale, '', nature, '']
}

// Code units, not a locale: the reader searches the sorted bytes.
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

function table(rows) {
  const lines = rows.map((row) => {
    if (row.some((cell) => cell === undefined || /[\t\r\n]/.test(cell))) throw new Error(`bad row: ${row}`)
    return row.join('\t').replace(/\t+$/, '')
  })
  return lines.sort(byText).join('\n') + '\n'
}

const packed = table([...communes.map(communeRow), ...epcis.map(epciRow)])
const packedDepartements = table(
  departements.map((d) => [d.code, d.nom, regions.get(d.region), DEPARTMENT_ZONES[d.code] ?? 'Europe/Paris']),
)

const keys = packed.split('\n').map((line) => line.split('\t', 2).join(' '))
if (new Set(keys).size !== keys.length) throw new Error('two rows with the same type and code')

const gz = gzipSync(packed, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 })
gz.fill(0, 4, 8) // no timestamp
gz[9] = 255 // operating system: unknown

writeFileSync(join(target, 'communes.tsv.gz'), gz)
writeFileSync(join(target, 'departements.tsv'), packedDepartements)

const count = (letter) => packed.split('\n').filter((line) => line.startsWith(letter + '\t')).length
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
console.log(`@etalab/decoupage-administratif ${version}`)
console.log(`communes ${count('C')}, delegated ${count('D')}, arrondissements ${count('A')}, EPCIs ${count('E')}`)
console.log(`communes.tsv.gz ${gz.length} bytes, from ${Buffer.byteLength(packed)}`)
console.log(`sha256 of the unpacked communes.tsv ${sha256(packed)}`)
console.log(`sha256 of departements.tsv ${sha256(packedDepartements)}`)
