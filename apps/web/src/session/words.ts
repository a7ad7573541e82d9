import { wordsOf } from '../language/words.ts';

export const english = {
  aboutKoreroMai: 'About KoreroMai',
  speakToMe: 'speak to me',
  bubbleOne: 'Kia ora! Are you there?',
  bubbleTwo: 'Always. Who else is coming?',
  bubbleThree: 'Just us – and the kettle.',

  welcomeBack: 'Welcome back',
  sessionEnded: 'Your session has ended. Sign in again to go on.',
  newHere: 'New here?',
  createAnAccount: 'Create an account',
  forgotPassword: 'Forgot your password?',
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',

  createYourAccount: 'Create your account',
  signUpLead: 'A name, an e-mail, a password – and you can talk.',
  alreadyHere: 'Already here?',
  yourName: 'Your name',
  emailHint: 'Friends find you by it. It is shown to nobody.',
  passwordHint: (least: number) => `At least ${least} characters. A few words are better than a few signs.`,
  createAccount: 'Create account',

  forgotLead: 'Type your address and we mail you a link to a new one.',
  cameBack: 'It came back to you?',
  letterOnItsWay: 'If that address has an account, a letter with a link is on its way. Look among the unwanted mails too.',
  mailAgain: 'Mail it again',
  mailLink: 'Mail me a link',
  setNewPassword: 'Set a new password',
  resetLead: 'You are signed out everywhere once it holds.',
  changedYourMind: 'Changed your mind?',
  newPasswordHolds: 'The new password holds. Sign in with it.',
  newLink: 'New link',
  newPassword: 'New password',
  setPassword: 'Set password',

  loading: 'Loading',
  stillTrying: 'The server does not answer yet. Still trying…',
  reconnecting: 'Reconnecting…',
  offline: 'Offline – messages will be sent later',
  tryNow: 'Try now',

  mustBeAddress: 'Must be an e-mail address.',
  mustNotBeEmpty: 'Must not be empty.',
  mustBeAtLeast: (least: string) => `Must be at least ${least} characters.`,
  mustBeAtMost: (most: string) => `Must be at most ${most} characters.`,
  mustBeUsername: (least: string, most: string) => `Must be ${least} to ${most} letters, digits, dots, dashes or underscores.`,
};

export const t = wordsOf('session', english);
