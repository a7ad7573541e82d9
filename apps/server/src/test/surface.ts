/** The REST surface that was promised: `METHOD /path status`, with `{}` for a parameter. More is welcome, less is not. */
export const surface = `
POST /auth/sign-up 201 · POST /auth/sign-in 200 · POST /auth/sign-out 204
PUT /auth/password 204 · POST /auth/password/forgot 202 · POST /auth/password/reset 204
GET /auth/sessions 200 · DELETE /auth/sessions/{} 204 · DELETE /auth/sessions 204
POST /users 201 · GET /users 200 · GET /users/{} 200 · PATCH /users/{} 200
GET /users/me 200 · PATCH /users/me 200 · DELETE /users/me 204 · GET /users/me/export 200
GET /users/{}/messages 200 · POST /users/{}/messages 201 · GET /users/{}/correspondents 200 · GET /me/direct-messages 200
POST /conversations 201 · POST /conversations 200 · POST /conversations 202
GET /conversations 200 · GET /conversations/{} 200 · PATCH /conversations/{} 200
GET /conversations/{}/members 200 · POST /conversations/{}/members 200
PATCH /conversations/{}/members/{} 200 · DELETE /conversations/{}/members/{} 204
GET /conversations/{}/invitations 200 · DELETE /invitations/{} 204 · POST /invitations/{}/accept 200
POST /conversations/{}/leave 204 · POST /conversations/{}/clear 204 · POST /conversations/{}/hide 204 · POST /conversations/{}/close 204
GET /me/refusals 200 · DELETE /me/refusals/{} 204
PUT /conversations/{}/read 204 · PUT /conversations/{}/notifications 204
GET /conversations/{}/messages 200 · POST /conversations/{}/messages 201
GET /messages/{} 200 · PATCH /messages/{} 200 · DELETE /messages/{} 204 · GET /messages/{}/revisions 200
DELETE /me/hidden/{} 204 · GET /me/hidden 200
PUT /messages/{}/like 200 · DELETE /messages/{}/like 200
PUT /messages/{}/reactions/{} 200 · DELETE /messages/{}/reactions/{} 200
GET /messages/{}/reactions 200 · POST /messages/{}/report 204
GET /rooms 200 · POST /rooms 201 · GET /rooms/{} 200 · PATCH /rooms/{} 200 · DELETE /rooms/{} 204
GET /room/{}/messages 200 · POST /room/{}/messages 201 · GET /rooms/{}/messages 200 · POST /rooms/{}/messages 201
GET /room/{}/subscribe 202 · GET /rooms/{}/subscribe 202
POST /rooms/{}/enter 204 · PUT /rooms/{}/follow 204 · DELETE /rooms/{}/follow 204
PUT /rooms/{}/allow/{} 204 · DELETE /rooms/{}/allow/{} 204 · PUT /rooms/{}/deny/{} 204 · DELETE /rooms/{}/deny/{} 204
GET /contacts 200 · POST /contacts 201 · PATCH /contacts/{} 200 · DELETE /contacts/{} 204
GET /follows 200 · PUT /follows/{} 204 · DELETE /follows/{} 204 · GET /blocks 200 · PUT /blocks/{} 204 · DELETE /blocks/{} 204
POST /attachments 201 · GET /attachments/{} 200 · GET /attachments/{}/thumbnail 200
GET /search 200 · GET /analytics/top-users 200 · GET /analytics/top-conversations 200 · GET /analytics/daily 200 · GET /events 200
GET /admin/users 200 · PATCH /admin/users/{} 200 · GET /admin/settings 200 · PATCH /admin/settings 200
GET /admin/audit 200 · GET /admin/mail 200 · GET /admin/reports 200
`
  .trim()
  .split(/\s*[\n·]\s*/)
  .map((line) => {
    const [method = '', path = '', status = ''] = line.split(' ');
    return { method, path, status };
  });
