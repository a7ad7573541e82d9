/** Given and family names of people who do not exist. */
export const given =
  'Aroha Wiremu Hana Tama Mere Rangi Ngaire Hemi Kiri Matiu Anahera Rawiri Marama Pita Huia Sione Leilani Oliver Charlotte Noah Isla Arjun Priya Mei Lucas'.split(
    ' ',
  );
export const family =
  'Ngata Parata Walker Tamihana Smith Kingi Chen Patel Taylor Rewi Faleolo Brown Henare Wilson Singh Tipene Martin Paki Thompson Te Rangi'
    .replace('Te Rangi', 'Te\u00a0Rangi')
    .split(' ')
    .map((name) => name.replace('\u00a0', ' '));

export const rooms = ['Kawhe', 'Announcements', 'Garden', 'Te reo every day', 'Help desk', 'Book club'];
export const groups = ['Whānau', 'Hīkoi on Sunday', 'Kitchen roster', 'Waka ama', 'Flat 3', 'Release crew', 'Choir', 'Market stall'];

/** What people say: `{}` is filled from `things`. */
export const lines = [
  'Mōrena! Has anybody seen the {}?',
  'Kia ora koutou, the {} is ready.',
  'Can we move the {} to Thursday?',
  'I left the {} on the table by the window.',
  'Ka pai! That {} looks great.',
  'Ngā mihi for bringing the {}.',
  'Who looks after the {} this week?',
  'The {} again? I thought we had mended it.',
  'Āe, count me in for the {}.',
  'Sorry, I am running late. Start the {} without me.',
  'Here is what I think of the {}: keep the first half, drop the rest.',
  'Quick question about the {}: is it two or three of us?',
  'Tino pai rawa atu!',
  'Ka kite anō, see you at the {}.',
  'Done. The {} is where it belongs.',
  'No rush, but the {} needs a second pair of eyes.',
  '😂 not the {} again',
  '+1 for the {}',
  'Let me check the {} and come back to you.',
  'Aroha mai, I forgot the {}.',
];
export const things =
  'marae booking|kūmara|minutes of the meeting|new poster|ferry timetable|pāua fritters|garden shed key|projector|budget draft|kapa haka practice|bus|tramping map|website|book|spare charger|guest list|hāngī|photo album|rehearsal|invoice'.split(
    '|',
  );
