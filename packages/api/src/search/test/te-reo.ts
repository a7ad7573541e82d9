/** What people say in a chat of Aotearoa, one a line, oldest first. */
export const said: readonly string[] = `
Kia ora koutou katoa
kia ora!
Kōrero mai
Korero mai ki au
He kōrero tēnei mō te whenua
E kōrerorero ana rātou
KŌRERO PUKAPUKA
Kei te pēhea koe?
Kei te pai ahau, ngā mihi
Ka pai
I haere au ki te toa
i te ata nei
Ko wai koe?
Nō hea koe?
Nō Ōtautahi ahau
Otautahi is Christchurch
Tāmaki Makaurau, tāmaki herenga waka
Te Whanganui-a-Tara
Whanganui a Tara is Wellington
He aha te mea nui o te ao? He tangata, he tangata, he tangata
Tangata whenua, tangata tiriti
Ehara taku toa i te toa takitahi, engari he toa takitini
Whāia te iti kahurangi ki te tūohu koe me he maunga teitei
Nāu te rourou, nāku te rourou, ka ora ai te iwi
Ka whawhai tonu mātou, ake ake ake
Mā te wā
Mā te wa
Haere rā e hoa
Haere mai, haere mai, haere mai
E noho rā
Aroha nui
arohanui
Aroha mai, kua tōmuri au
Whānau, the hāngī starts at 5
Whanau photos from last night
whānau-whānui hui at 10:30
Hui ā-tau, rātapu
Pō mārie
Po marie e hoa ma
Moe mai rā
Hauora: bring a coat
The waiata list: 1. Te Aroha 2. Tūtira Mai 3. Ehara i te Mea
tutira mai ngā iwi
Don't forget the kai
Dont forget the kai
Pāua, kina, and kōura
What's the wifi password at the marae
O le a le mea lea? Talofa lava
Hawaiʻi and Hawaii are one
Kei hea te wharepaku?
See https://www.maoridictionary.co.nz/ for tūī
http://example.org/TUI?q=tui
tūī 🐦 in the kōwhai
Kōwhai are out 🌼🌼
100% – kei reira ahau_
AND OR NOT NEAR
(brackets) "quotes" *stars* -minus +plus ~tilde <less> @home
日本語で話しましょう
日本 is Hapani
naïve café, NAÏVE CAFÉ
ﬁsh and chips ½ price
Ngāti Porou, Ngāi Tahu, Ngāpuhi
ā ē ī ō ū
a e i o u
`
  .trim()
  .split('\n');

/** What is asked, and which lines (from 1) must answer. Every database gives exactly these. */
export const asked: readonly (readonly [query: string, lines: string])[] = [
  ['korero', '3 4 5 6 7'],
  ['kōrero', '3 4 5 6 7'],
  ['KORERO', '3 4 5 6 7'],
  ['ko̅rero', '3 4 5 6 7'],
  ['"korero"', '3 4 5 7'],
  ['korer', '3 4 5 6 7'],
  ['kor', '3 4 5 6 7'],
  ['ko', '13'],
  ['te', '5 8 9 11 12 18 20 22 23 24 26 27 42 50'],
  ['i', '11 12 22 42 63 64'],
  ['a', '18 19 37 41 48 63 64'],
  ['o', '20 48 63 64'],
  ['e', '6 28 30 39 63 64'],
  ['ā', '18 19 37 41 48 63 64'],
  ['he', '5 20 22 23'],
  ['the', '34 42 44 45 47 53'],
  ['and', '46 49 56 61'],
  ['or', '56'],
  ['not', '56'],
  ['AND OR NOT NEAR', '56'],
  ['near', '56'],
  ['kia ora', '1 2'],
  ['"kia ora"', '1 2'],
  ['ora kia', '1 2'],
  ['"ora kia"', ''],
  ['kia', '1 2'],
  ['hoa ma', '39'],
  ['"hoa ma"', '39'],
  ['te wa', '26 27'],
  ['"te wā"', '26 27'],
  ['ma te wa', '26 27'],
  ['mā', '26 27 39'],
  ['rā', '28 30 40'],
  ['ra', '28 30 40'],
  ['whanau', '34 35 36'],
  ['whānau', '34 35 36'],
  ['whanau-whanui', '36'],
  ['whanui whanau', '36'],
  ['"whanau whanui"', '36'],
  ['whanganui a tara', '18 19'],
  ['whanganui-a-tara', '18 19'],
  ['"whanganui a tara"', '18 19'],
  ['aroha', '31 32 33 42'],
  ['"aroha"', '31 33 42'],
  ['"aroha nui"', '31'],
  ['arohanui', '32'],
  ['aroha nui', '31'],
  ['tangata', '20 21'],
  ['tangata he', '20'],
  ['"tangata he tangata"', '20'],
  ['toa te', '11 22'],
  ['"te toa"', '11 22'],
  ['ake ake ake', '25'],
  ['"ake ake ake"', '25'],
  ['haere mai', '29'],
  ['"haere mai haere"', '29'],
  ['otautahi', '15 16'],
  ['Ōtautahi', '15 16'],
  ['nga', '9 43 62'],
  ['ngā mihi', '9'],
  ['ngai', '62'],
  ['ngati porou', '62'],
  ["don't", '44 45'],
  ['dont', '44 45'],
  ['don', '44 45'],
  ["what's", '47'],
  ['hawaii', '49'],
  ["hawai'i", '49'],
  ['Hawaiʻi', '49'],
  ['tui', '51 52 53'],
  ['tūī', '51 52 53'],
  ['https', '51'],
  ['maoridictionary', '51'],
  ['🐦', '53'],
  ['🌼', '54'],
  ['🌼🌼', '54'],
  ['kōwhai 🌼', '54'],
  ['日本', '58 59'],
  ['日', '58 59'],
  ['語で', '58'],
  ['本日', ''],
  ['hapani 日本', '59'],
  ['cafe', '60'],
  ['naive cafe', '60'],
  ['fish', '61'],
  ['ﬁsh', '61'],
  ['½', '61'],
  ['1', '42 61'],
  ['10', '36'],
  ['10:30', '36'],
  ['5', '34'],
  ['100%', '55'],
  ['ahau_', '9 15 55'],
  ['*stars*', '57'],
  ['stars*', '57'],
  ['-minus', '57'],
  ['(brackets)', '57'],
  ['@home', '57'],
  ['home', '57'],
  ['"quotes', '57'],
  ['"quotes" stars', '57'],
  ['+plus -minus', '57'],
  ['te -toa', '11 22'],
  ['NEAR(kia ora)', ''],
  ['words:korero', ''],
  ['korero OR nothing', ''],
  ['pukapuka korero', '7'],
  ['xyzzy', ''],
  ['whar', '50'],
  ['wharepaku?', '50'],
  ['mai mai mai', '3 4 29 33 40 42 43'],
  ['tutira ehara', '42'],
];
